using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Profiles.Transcoding.Calls;

/// <summary>Who the client certificate says that the peer is, under the property names that gRPC uses.</summary>
internal static class CallAuthContext
{
    private const string CommonName = "x509_common_name";
    private const string AlternativeName = "x509_subject_alternative_name";

    public static AuthContext Of(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        if (certificate is null) return new AuthContext(null, properties);

        foreach (var extension in certificate.Extensions)
        {
            if (extension is not X509SubjectAlternativeNameExtension names) continue;
            foreach (var name in names.EnumerateDnsNames()) Add(properties, AlternativeName, name);
        }

        var common = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (common.Length > 0) Add(properties, CommonName, common);
        return new AuthContext(Identity(properties), properties);
    }

    private static string? Identity(Dictionary<string, List<AuthProperty>> properties)
    {
        if (properties.ContainsKey(AlternativeName)) return AlternativeName;
        return properties.ContainsKey(CommonName) ? CommonName : null;
    }

    private static void Add(Dictionary<string, List<AuthProperty>> properties, string name, string value)
    {
        if (!properties.TryGetValue(name, out var values)) properties[name] = values = [];
        values.Add(AuthProperty.Create(name, Encoding.UTF8.GetBytes(value)));
    }
}
