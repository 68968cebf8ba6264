using System.Text.RegularExpressions;

namespace Profiles.OpenApi;

/// <summary>Makes Markdown of a comment.</summary>
internal static partial class CommentText
{
    private const int MatchTimeoutMilliseconds = 1_000;

    /// <summary>Without what is for the contract's authors: <c>(-- … --)</c> (AIP-192) and the orders to linters.</summary>
    public static string Clean(string comment)
    {
        var lines = Internal().Replace(comment, string.Empty)
            .Split('\n')
            .Where(line => !IsOrder(line))
            .Select(line => (line.StartsWith(' ') ? line[1..] : line).TrimEnd());
        return string.Join('\n', lines).Trim();
    }

    private static bool IsOrder(string line) =>
        line.TrimStart().StartsWith("buf:lint:", StringComparison.Ordinal)
        || line.TrimStart().StartsWith("api-linter:", StringComparison.Ordinal);

    [GeneratedRegex(@"\(--.*?--\)", RegexOptions.Singleline, MatchTimeoutMilliseconds)]
    private static partial Regex Internal();
}
