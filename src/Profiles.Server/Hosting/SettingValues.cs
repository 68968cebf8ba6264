using System.Globalization;
using Profiles.Core.Limits;

namespace Profiles.Server.Hosting;

/// <summary>Reads single settings. A wrong one is a <see cref="SettingException"/> that names it.</summary>
internal static class SettingValues
{
    private const string Off = "off";

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static int ReadNumber(this IConfiguration configuration, string name, int least, int most, int unlessSet)
    {
        if (Find(configuration, name) is not { } text)
            return unlessSet;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SettingException($"{NameOf(name)} must be a whole number from {least} to {most}, yet is '{text}'.");
    }

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public static bool ReadSwitch(this IConfiguration configuration, string name, bool unlessSet) =>
        Find(configuration, name) switch
        {
            null => unlessSet,
            "on" => true,
            Off => false,
            { } text => throw new SettingException($"{NameOf(name)} must be 'on' or 'off', yet is '{text}'."),
        };

    /// <summary>An allowance such as <c>6000/1m</c>, or null for <c>off</c>.</summary>
    public static RateLimit? ReadRate(this IConfiguration configuration, string name, string unlessSet)
    {
        var text = Find(configuration, name) ?? unlessSet;
        if (text == Off)
            return null;
        return RateLimit.TryParse(text, out var limit)
            ? limit
            : throw new SettingException($"{NameOf(name)} {RateLimit.Rule}; or off. It is '{text}'.");
    }

    /// <summary>Refuses settings of a section that are not among <paramref name="known"/>: a misspelt limit is none.</summary>
    public static void DemandKnown(this IConfiguration configuration, string section, params ReadOnlySpan<string> known)
    {
        foreach (var child in configuration.GetSection(section).GetChildren())
        {
            if (!Contains(known, child.Key))
                throw new SettingException($"{NameOf(child.Path)} is no setting; {NameOf(section)} has {string.Join(", ", known)}.");
        }
    }

    /// <summary>A setting's text; null when it is not set or empty.</summary>
    public static string? Find(this IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name];

    // As environment variables have it.
    private static string NameOf(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    private static bool Contains(ReadOnlySpan<string> names, string name)
    {
        foreach (var one in names)
        {
            if (one.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
