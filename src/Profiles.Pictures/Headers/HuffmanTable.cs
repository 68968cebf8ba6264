namespace Profiles.Pictures.Headers;

/// <summary>A table of Huffman codes of a JPEG (ITU-T T.81, annex C).</summary>
internal sealed class HuffmanTable
{
    /// <summary>The most bits of a code.</summary>
    public const int MaxLength = 16;

    private const int QuickLength = 8;

    // Codes of up to eight bits by the eight bits that they begin: length and symbol. Longer ones by their length.
    private readonly int[] quick = new int[1 << QuickLength];
    private readonly int[] last = new int[MaxLength + 1];
    private readonly int[] offset = new int[MaxLength + 1];
    private readonly byte[] symbols;

    private HuffmanTable(ReadOnlySpan<byte> symbols) => this.symbols = symbols.ToArray();

    /// <summary>Makes a table; null if there are more codes of a length than it has room for.</summary>
    /// <param name="counts">How many codes of each length there are.</param>
    /// <param name="symbols">What they stand for, the shortest first.</param>
    public static HuffmanTable? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var table = new HuffmanTable(symbols);
        return table.Fill(counts) ? table : null;
    }

    /// <summary>The code that begins the next sixteen bits: its length, and its symbol in the lowest eight bits; 0 for none.</summary>
    public int Find(int next)
    {
        if (quick[next >> (MaxLength - QuickLength)] is not 0 and var found)
            return found;
        for (var length = QuickLength + 1; length <= MaxLength; length++)
        {
            var code = next >> (MaxLength - length);
            if (code <= last[length])
                return (length << 8) | symbols[code + offset[length]];
        }

        return 0;
    }

    private bool Fill(ReadOnlySpan<byte> counts)
    {
        var (code, index) = (0, 0);
        for (var length = 1; length <= MaxLength; length++)
        {
            var end = code + counts[length - 1];
            if (end > 1 << length)
                return false;
            (last[length], offset[length]) = (end - 1, index - code);
            for (; code < end; code++, index++)
            {
                if (length <= QuickLength)
                    quick.AsSpan(code << (QuickLength - length), 1 << (QuickLength - length)).Fill((length << 8) | symbols[index]);
            }

            code <<= 1;
        }

        return true;
    }
}
