namespace Profiles.Pictures.Headers;

/// <summary>Reads the bits of a JPEG's compressed data up to a marker.</summary>
/// <param name="data">The bytes. A zero that follows 0xFF is no part of them.</param>
internal ref struct EntropyReader(ReadOnlySpan<byte> data)
{
    private const int FullEnough = 48;

    private readonly ReadOnlySpan<byte> data = data;
    private int position;
    private ulong bits;
    private int count;
    private int missing;

    /// <summary>Whether more bits were taken than there are.</summary>
    public readonly bool IsOverrun => count < missing;

    /// <summary>Whether all was taken but for the bits that fill the last byte.</summary>
    public readonly bool IsAtEnd => position >= data.Length && count - missing is >= 0 and < 8;

    /// <summary>The next sixteen bits, which stay; after the end they are zeros.</summary>
    public int Peek()
    {
        while (count <= FullEnough)
            Fill();
        return (int)(bits >> (count - HuffmanTable.MaxLength)) & ushort.MaxValue;
    }

    /// <summary>Takes up to 32 bits of those that were looked at, and after them.</summary>
    public void Skip(int length) => count -= length;

    private void Fill()
    {
        var next = 0UL;
        if (position < data.Length)
        {
            next = data[position];
            position += next == byte.MaxValue ? 2 : 1;
        }
        else
        {
            missing += 8;
        }

        bits = (bits << 8) | next;
        count += 8;
    }
}
