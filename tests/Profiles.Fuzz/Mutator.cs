using System.Text;

namespace Profiles.Fuzz;

/// <summary>Changes input at random: bytes, ranges, and words that are known to make trouble.</summary>
internal sealed class Mutator(Random random)
{
    private const int MaxLength = 64 * 1024;

    private static readonly byte[][] s_words = [.. Corpus.Lines("words").Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[] s_bytes = [.. "\0\u001f\"\\{}[],:/%&=.0\u007f"u8, 0xff];

    /// <summary>One to three changes of the input; <paramref name="other"/> lends parts.</summary>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var changed = new List<byte>(input);
        for (var changes = random.Next(1, 4); changes > 0; changes--) Change(changed, other);
        if (changed.Count > MaxLength) changed.RemoveRange(MaxLength, changed.Count - MaxLength);
        return [.. changed];
    }

    private void Change(List<byte> input, byte[] other)
    {
        var at = random.Next(input.Count + 1);
        var length = random.Next(Math.Min(32, input.Count - at) + 1);
        switch (random.Next(7))
        {
            case 0:
                input.InsertRange(at, s_words[random.Next(s_words.Length)]);
                break;
            case 1:
                input.RemoveRange(at, length);
                break;
            case 2:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 3:
                var start = random.Next(other.Length + 1);
                input.InsertRange(at, other[start..Math.Min(other.Length, start + random.Next(64))]);
                break;
            case 4:
                input.RemoveRange(at, length);
                input.InsertRange(at, s_words[random.Next(s_words.Length)]);
                break;
            case 5 when at < input.Count:
                // Mostly ASCII stays ASCII: broken UTF-8 is refused before anything else is looked at.
                input[at] ^= (byte)(1 << random.Next(random.Next(8) == 0 ? 8 : 7));
                break;
            default:
                if (at < input.Count) input[at] = s_bytes[random.Next(s_bytes.Length)];
                break;
        }
    }
}
