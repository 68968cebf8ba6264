using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Profiles.Server.Tokens;

/// <summary>
/// A token taken apart (JWS Compact Serialization, RFC 7515, section 7.1): <c>header.payload.signature</c>. Its bytes lie in a
/// borrowed buffer, which is wiped when it goes back.
/// </summary>
internal sealed class CompactToken : IDisposable
{
    private byte[] borrowed;

    private CompactToken(byte[] borrowed) => this.borrowed = borrowed;

    /// <summary>What was signed: the first two parts as they came, with the dot.</summary>
    public ReadOnlyMemory<byte> SigningInput { get; private init; }

    /// <summary>The decoded header.</summary>
    public ReadOnlyMemory<byte> Header { get; private init; }

    /// <summary>The decoded payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; private init; }

    /// <summary>The decoded signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; private init; }

    /// <summary>Takes a token apart; null when it is not three parts, each in canonical base64url and none empty.</summary>
    public static CompactToken? TryDecode(ReadOnlySpan<char> token)
    {
        var first = token.IndexOf('.');
        var last = token.LastIndexOf('.');
        if (first < 0 || first == last || !IsPart(token[..first]) || !IsPart(token[(first + 1)..last])
            || !IsPart(token[(last + 1)..]))
        {
            return null;
        }
        // The text itself and, shorter, what it decodes to.
        var buffer = ArrayPool<byte>.Shared.Rent(2 * token.Length);
        var end = Encoding.ASCII.GetBytes(token[..last], buffer);
        return new CompactToken(buffer)
        {
            SigningInput = buffer.AsMemory(0, last),
            Header = Decode(token[..first], buffer, ref end),
            Payload = Decode(token[(first + 1)..last], buffer, ref end),
            Signature = Decode(token[(last + 1)..], buffer, ref end),
        };
    }

    /// <summary>Wipes the bytes and gives the buffer back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref borrowed, []) is { Length: > 0 } buffer)
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    private static bool IsPart(ReadOnlySpan<char> text) => !text.IsEmpty && CanonicalBase64Url.IsCanonical(text);

    private static ReadOnlyMemory<byte> Decode(ReadOnlySpan<char> part, byte[] buffer, ref int end)
    {
        var start = end;
        end += Base64Url.DecodeFromChars(part, buffer.AsSpan(start));
        return buffer.AsMemory(start, end - start);
    }
}
