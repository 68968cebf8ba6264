using System.CommandLine;
using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Identity;
using Profiles.Server.Hosting;
using Profiles.Server.Tokens;
using Profiles.Transcoding.Json;

namespace Profiles.Server.Commands;

/// <summary>The options that say what an organization is like.</summary>
internal static class OrganizationContent
{
    private const int MaxFileLength = 1024 * 1024;

    private static readonly Option<string?> DisplayName = new("--display-name") { Description = "What people call it" };

    private static readonly Option<string?> Settings = new("--settings")
    {
        Description = "Settings in JSON as in the REST service, or @ and the name of a file with them; null stands for a default",
    };

    private static readonly Option<string?> UsernamePattern = new("--username-pattern")
    {
        Description = "A regular expression that usernames must match; empty for anything",
    };

    private static readonly Option<string?> AttributePrefix = new("--attribute-prefix")
    {
        Description = "What the keys of attributes must begin with; empty for anything",
    };

    private static readonly Option<string[]> Attributes = new("--attribute")
    {
        Description = "An attribute that profiles may have, as name, name:maximum-length or name:maximum-length:pattern; repeated for "
            + "more, all of which replace those before",
        DefaultValueFactory = _ => [],
    };

    public static void AddTo(Command command)
    {
        command.Add(DisplayName);
        command.Add(Settings);
        command.Add(UsernamePattern);
        command.Add(AttributePrefix);
        command.Add(Attributes);
    }

    /// <summary>The organization as the options have it, and the fields that they name.</summary>
    /// <exception cref="SettingException">An option is malformed.</exception>
    public static (V1.Organization Organization, FieldMask Mask) Read(ParseResult result, OrganizationId id)
    {
        var organization = new V1.Organization { OrganizationId = id.Value, Settings = new V1.OrganizationSettings() };
        var mask = new FieldMask();
        if (result.GetValue(Settings) is { } settings)
            ReadSettings(settings, organization, mask);
        if (result.GetValue(DisplayName) is { } name)
        {
            organization.DisplayName = name;
            mask.Paths.Add("display_name");
        }

        if (result.GetValue(UsernamePattern) is { } pattern)
        {
            (organization.Settings.Usernames ??= new V1.UsernameSettings()).Pattern = pattern;
            mask.Paths.Add("settings.usernames.pattern");
        }

        ReadAttributes(result, organization.Settings.Attributes ??= new V1.AttributeSettings(), mask);
        return (organization, mask);
    }

    private static void ReadSettings(string text, V1.Organization organization, FieldMask mask)
    {
        try
        {
            (organization.Settings, var paths) = OrganizationJson.ReadSettings(text.StartsWith('@') ? ReadFile(text[1..]) : Encoding.UTF8.GetBytes(text));
            mask.Paths.AddRange(paths);
        }
        catch (ProtoJsonException exception)
        {
            throw new SettingException($"--settings must be settings in JSON: {exception.Message}");
        }
    }

    private static byte[] ReadFile(string name)
    {
        try
        {
            return SmallFile.Read(name, MaxFileLength);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SettingException($"--settings must name a file that can be read: {exception.Message}");
        }
    }

    private static void ReadAttributes(ParseResult result, V1.AttributeSettings settings, FieldMask mask)
    {
        if (result.GetValue(AttributePrefix) is { } prefix)
        {
            settings.RequiredPrefix = prefix;
            mask.Paths.Add("settings.attributes.required_prefix");
        }

        if (result.GetValue(Attributes) is { Length: > 0 } attributes)
        {
            settings.Definitions.Clear();
            settings.Definitions.AddRange(attributes.Select(ReadAttribute));
            mask.Paths.Add("settings.attributes.definitions");
        }
    }

    // A pattern may have colons of its own.
    private static V1.AttributeDefinition ReadAttribute(string text)
    {
        var parts = text.Split(':', 3);
        var definition = new V1.AttributeDefinition { Name = parts[0] };
        if (parts.Length > 1 && parts[1].Length > 0)
        {
            definition.MaxLength = int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                ? length
                : throw new SettingException($"--attribute must have a number after the name, as in nickname:20, yet is '{text}'.");
        }

        if (parts.Length > 2)
            definition.Pattern = parts[2];
        return definition;
    }
}
