using System.Text;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Binding;

/// <summary>Takes what one pair of a query or an encoded form says.</summary>
/// <param name="name">The name, decoded.</param>
/// <param name="utf8">The value, decoded.</param>
internal delegate void PairReader(string name, ReadOnlySpan<byte> utf8);

/// <summary>Reads <c>name=value&amp;name=value</c>, percent-encoded, with <c>+</c> for a space.</summary>
internal static class EncodedPairs
{
    private const int StackLimit = 512;

    /// <param name="text">The pairs.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="place">Where they stand, as the sender calls it, for instance <c>query</c>.</param>
    /// <param name="ignored">Names whose pairs pass unread.</param>
    /// <param name="read">Called for each pair, in their order.</param>
    public static void Read(ReadOnlySpan<char> text, int most, string place, ISet<string>? ignored, PairReader read)
    {
        for (var count = 1; !text.IsEmpty; count++)
        {
            var end = text.IndexOf('&');
            var pair = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (pair.IsEmpty) continue;
            if (count > most) throw RequestFault.Invalid($"The {place} has more than {most} parameters.");
            ReadPair(pair, place, ignored, read);
        }
    }

    private static void ReadPair(ReadOnlySpan<char> pair, string place, ISet<string>? ignored, PairReader read)
    {
        var equals = pair.IndexOf('=');
        var name = DecodeName(equals < 0 ? pair : pair[..equals], place);
        if (ignored?.Contains(name) == true) return;

        var value = equals < 0 ? [] : pair[(equals + 1)..];
        var most = PercentDecoder.MaxLength(value.Length);
        var utf8 = most <= StackLimit ? stackalloc byte[StackLimit] : new byte[most];
        if (!PercentDecoder.TryDecode(value, utf8, PercentDecoding.Query, out var length)) throw NamedValues.Fault(name, Rules.PercentEncoding);
        read(name, utf8[..length]);
    }

    private static string DecodeName(ReadOnlySpan<char> name, string place)
    {
        var utf8 = new byte[PercentDecoder.MaxLength(name.Length)];
        if (!PercentDecoder.TryDecode(name, utf8, PercentDecoding.Query, out var length))
            throw RequestFault.Invalid($"The name of a parameter of the {place} is no valid percent-encoded UTF-8.");
        return Encoding.UTF8.GetString(utf8, 0, length);
    }
}
