using System.Buffers;
using System.Text.Json;
using Profiles.Core.Organizations;
using Profiles.Server.Services;
using Profiles.Transcoding.Json;

namespace Profiles.Server.Commands;

/// <summary>Organizations in the JSON that the REST service speaks.</summary>
internal static class OrganizationJson
{
    private static readonly ProtoJson Format = new(ProtoJsonOptions.Default);

    public static JsonElement Write(Organization organization)
    {
        var json = new ArrayBufferWriter<byte>();
        Format.Write(OrganizationMessages.ToMessage(organization), json);
        using var document = JsonDocument.Parse(json.WrittenMemory);
        return document.RootElement.Clone();
    }

    /// <summary>Reads settings, and which of them the text names.</summary>
    /// <exception cref="ProtoJsonException">The text is no JSON form of settings.</exception>
    public static (V1.OrganizationSettings Settings, IEnumerable<string> Paths) ReadSettings(byte[] utf8Json)
    {
        var settings = Format.Read<V1.OrganizationSettings>(utf8Json);
        using var document = JsonDocument.Parse(utf8Json);
        return (settings, PathsOf(document.RootElement));
    }

    // Two levels: a group, and a setting in it. Names are read in both spellings.
    private static List<string> PathsOf(JsonElement settings) =>
        settings.EnumerateObject().SelectMany(group => group.Value.ValueKind == JsonValueKind.Object
            ? group.Value.EnumerateObject().Select(setting => $"settings.{SnakeCase(group.Name)}.{SnakeCase(setting.Name)}")
            : [$"settings.{SnakeCase(group.Name)}"]).ToList();

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
