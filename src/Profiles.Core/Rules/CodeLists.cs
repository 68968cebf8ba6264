using System.Collections.Frozen;
using Profiles.Core.Data;

namespace Profiles.Core.Rules;

/// <summary>Values that have to stand in a published list. The lists travel with the program, so every machine agrees.</summary>
public static class CodeLists
{
    /// <summary>Every name and link of the IANA time zone database.</summary>
    public static FrozenSet<string> TimeZones { get; } = Read("iana-time-zones");

    /// <summary>Every ISO 4217 currency code in use, and those withdrawn since 2021.</summary>
    public static FrozenSet<string> Currencies { get; } = Read("iso-4217-currencies");

    /// <summary>An IANA time zone name, in its exact spelling.</summary>
    public static string? TimeZone(string value) =>
        TimeZones.Contains(value) ? null : "must be an IANA time zone such as Europe/Zurich";

    /// <summary>An ISO 4217 code in capital letters.</summary>
    public static string? Currency(string value) =>
        Currencies.Contains(value) ? null : "must be an ISO 4217 currency code in capital letters, such as CHF";

    private static FrozenSet<string> Read(string name) => DataFile.Lines(name).ToFrozenSet(StringComparer.Ordinal);
}
