using System.Diagnostics.CodeAnalysis;

namespace Profiles.Core.Identity;

/// <summary>The shape that all identifiers share: ASCII letters, digits and a few marks.</summary>
internal static class IdentifierSyntax
{
    public static bool IsValid([NotNullWhen(true)] string? text, int maxLength, string marks)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxLength)
            return false;

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !marks.Contains(c, StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
