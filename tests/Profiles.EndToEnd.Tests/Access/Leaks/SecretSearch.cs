using System.Text;
using System.Text.Json;

namespace Profiles.EndToEnd.Tests.Access.Leaks;

/// <summary>
/// Looks for secrets in a text, whole or in part: as they are, and as JSON, percent encoding, hexadecimal digits and base64 would
/// write them. Any 15 characters in a row of any of these forms are found.
/// </summary>
internal sealed class SecretSearch
{
    // The pieces that are looked for begin at every fourth character, so that any 15 in a row have one whole.
    private const int GramLength = 12;
    private const int Stride = 4;

    private readonly Dictionary<string, string> grams = new(StringComparer.Ordinal);

    /// <summary>Adds a secret.</summary>
    public void Add(string secret)
    {
        foreach (var form in FormsOf(secret).Distinct())
        {
            for (var i = 0; i + GramLength <= form.Length; i += Stride)
                grams.TryAdd(form.Substring(i, GramLength), secret);
            if (form.Length > GramLength)
                grams.TryAdd(form[^GramLength..], secret);
        }
    }

    /// <summary>The secrets that a text tells, with the place where it does.</summary>
    public IReadOnlyList<string> FindIn(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var lookup = grams.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + GramLength <= text.Length; i++)
        {
            if (lookup.TryGetValue(text.AsSpan(i, GramLength), out var secret))
                found.TryAdd(secret, text.Substring(Math.Max(0, i - 200), Math.Min(400, text.Length - Math.Max(0, i - 200))));
        }

        return [.. found.Select(pair => $"{pair.Key} in …{pair.Value}…")];
    }

    /// <summary>How a secret can look.</summary>
    public static IEnumerable<string> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return JsonEncodedText.Encode(secret).ToString();
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToHexStringLower(bytes);
        yield return Convert.ToHexString(bytes);
        // What stands before it in what is encoded moves its bits.
        for (var shift = 0; shift < 3; shift++)
        {
            const int BitsPerCharacter = 6;
            var encoded = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var (start, end) = ((shift * 8 + BitsPerCharacter - 1) / BitsPerCharacter, (shift + bytes.Length) * 8 / BitsPerCharacter);
            yield return encoded[start..end];
            yield return encoded[start..end].Replace('+', '-').Replace('/', '_');
        }
    }
}
