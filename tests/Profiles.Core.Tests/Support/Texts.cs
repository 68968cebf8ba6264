using System.Globalization;

namespace Profiles.Core.Tests.Support;

/// <summary>Texts that are too long or too odd to stand in a table.</summary>
internal static class Texts
{
    /// <summary>U+1F600: one code point, two UTF-16 units, four bytes of UTF-8.</summary>
    public const string Emoji = "\ud83d\ude00";

    /// <summary>The text of UTF-16 units in hexadecimal figures.</summary>
    public static string FromUnits(string units) =>
        string.Concat(units.Split(' ').Select(FromUnit));

    public static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static char FromUnit(string unit) =>
        (char)ushort.Parse(unit, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
