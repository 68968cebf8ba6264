using System.Collections.Frozen;
using Profiles.Contracts.Nexconn.V4;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>The key that failed, as clients sent it, from the path of a field in a request.</summary>
internal static class ProfileKeyText
{
    private const string MapKey = "[\"";

    private static readonly FrozenDictionary<string, string> JsonNames =
        new[] { UserProfileReflection.Descriptor, UserProfileServiceReflection.Descriptor, ProfileFormServiceReflection.Descriptor }
            .SelectMany(file => file.MessageTypes)
            .SelectMany(message => message.Fields.InDeclarationOrder())
            .Select(field => (field.Name, field.JsonName))
            // What the record calls the extended profile.
            .Append(("attributes", "userExtProfile"))
            .DistinctBy(field => field.Item1, StringComparer.Ordinal)
            .ToFrozenDictionary(field => field.Item1, field => field.Item2, StringComparer.Ordinal);

    /// <summary>
    /// <c>portraitUri</c> for <c>user_profile.portrait_uri</c>, <c>ext_tier</c> for <c>user_ext_profile["ext_tier"]</c>, <c>userIds</c> for
    /// <c>user_ids[3]</c>.
    /// </summary>
    public static string Of(string path)
    {
        if (path.EndsWith("\"]", StringComparison.Ordinal) && path.IndexOf(MapKey, StringComparison.Ordinal) is >= 0 and var start)
            return path[(start + MapKey.Length)..^2];
        var name = path[(path.LastIndexOf('.') + 1)..];
        if (name.IndexOf('[', StringComparison.Ordinal) is > 0 and var index)
            name = name[..index];
        return JsonNames.GetValueOrDefault(name, name);
    }
}
