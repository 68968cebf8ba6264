using System.Diagnostics.CodeAnalysis;
using System.Text;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>Short ways for names in ASCII, which allocate nothing but their results.</summary>
internal static class AsciiNames
{
    // Each ASCII character's part of a skeleton.
    private static readonly string[] Parts = [.. Enumerable.Range(0, 128).Select(Part)];

    public static bool IsAscii(string text) => Ascii.IsValid(text);

    /// <summary>The key of a name: itself in small letters. Every visible character is one that names have.</summary>
    public static bool TryReadKey(
        string text, [NotNullWhen(true)] out string? key, [NotNullWhen(false)] out UsernameViolation? violation)
    {
        var position = text.AsSpan().IndexOfAnyExceptInRange('!', '~');
        violation = position < 0 ? null : CheckFully(CodePoints.Decode(text));
        key = position < 0 ? Lower(text) : null;
        return key is not null;

        static UsernameViolation? CheckFully(int[] given) => IdentifierCheck.Check(given, given);
    }

    private static string Lower(string text) => text.AsSpan().ContainsAnyInRange('A', 'Z') ? text.ToLowerInvariant() : text;

    public static string Skeleton(string key)
    {
        var length = 0;
        foreach (var c in key)
            length += Parts[c].Length;
        return string.Create(length, key, static (skeleton, key) =>
        {
            foreach (var c in key)
            {
                Parts[c].CopyTo(skeleton);
                skeleton = skeleton[Parts[c].Length..];
            }
        });
    }

    private static string Part(int c) =>
        LookAlikeTable.Find(c) is { } look ? CodePoints.Encode(look.Skeleton) : ((char)c).ToString();
}
