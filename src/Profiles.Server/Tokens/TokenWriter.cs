using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Profiles.Core.Identity;

namespace Profiles.Server.Tokens;

/// <summary>Writes what a token is signed over (RFC 7515, section 5.1): <c>header.payload</c>.</summary>
internal static class TokenWriter
{
    /// <summary>Writes the first two parts of an ES256 token.</summary>
    public static string Write(
        string keyId, OrganizationId organization, UserId user, IReadOnlyCollection<string> permissions, long issued, long expiry)
    {
        var header = Part(json =>
        {
            json.WriteString("alg"u8, "ES256"u8);
            json.WriteString("typ"u8, "JWT"u8);
            json.WriteString("kid"u8, keyId);
        });
        var payload = Part(json =>
        {
            json.WriteString("iss"u8, DevelopmentIssuer.Name);
            json.WriteString("aud"u8, TrustedIssuer.DefaultAudience);
            json.WriteString("sub"u8, user.Value);
            json.WriteString("org"u8, organization.Value);
            WritePermissions(json, permissions);
            json.WriteNumber("iat"u8, issued);
            json.WriteNumber("exp"u8, expiry);
        });
        return $"{header}.{payload}";
    }

    private static void WritePermissions(Utf8JsonWriter json, IReadOnlyCollection<string> permissions)
    {
        if (permissions.Count == 0)
            return;
        json.WriteStartArray("permissions"u8);
        foreach (var permission in permissions)
            json.WriteStringValue(permission);
        json.WriteEndArray();
    }

    private static string Part(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
