using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Tests.Usernames;

/// <summary>
/// Every character, and 50,000 texts of characters that compose, reorder or change case, against ICU 78 (Unicode 17). The
/// checksums are those of build/unicode/checksums.mjs.
/// </summary>
[TestFixture]
public class UnicodeChecksumTests
{
    private static readonly (int First, int Last)[] s_ranges =
    [
        (0x41, 0x17F), (0x300, 0x36F), (0x384, 0x3FF), (0x5B0, 0x5C7), (0x64B, 0x65F), (0x915, 0x94D), (0x9BE, 0x9DC),
        (0xFB1D, 0xFB4E), (0x1100, 0x11FF), (0xAC00, 0xAC40), (0x1E00, 0x1FFF), (0x1D158, 0x1D1AA), (0x1E8D0, 0x1E8D6),
    ];

    private static readonly Func<int[], List<int>> s_nfc = text => Normalization.Nfc(text);
    private static readonly Func<int[], List<int>> s_nfd = text => Normalization.Nfd(text);
    private static readonly Func<int[], List<int>> s_lower = text => CaseMapping.ToLower(text);

    [Test]
    public void Composes_every_character() =>
        Assert.That(Checksum(Characters(), s_nfc), Is.EqualTo("9cc65524a9d8082bf10840c616cd199bd2ac12ee49a3381bd6fb7957711f342b"));

    [Test]
    public void Decomposes_every_character() =>
        Assert.That(Checksum(Characters(), s_nfd), Is.EqualTo("acbdeb7e8b807ccf13f21be69a6825f6233d7c6af87d13dbd843a7ee95c9a803"));

    [Test]
    public void Lowers_every_character() =>
        Assert.That(Checksum(Characters(), s_lower), Is.EqualTo("62a955092f4341ca841e803dc5d73e6df6210c1d7a8046780af533dc63ec2bd1"));

    [Test]
    public void Composes_texts() =>
        Assert.That(Checksum(Sequences(), s_nfc), Is.EqualTo("e88b2738bbfdf9ee3c4c822dcea23aba614112671e3dcfbfc4b69dad024978d1"));

    [Test]
    public void Decomposes_texts() =>
        Assert.That(Checksum(Sequences(), s_nfd), Is.EqualTo("c017542b77b2aa182229b8929f799a240b38a7bfb129507da940fe2a8d8bdcac"));

    [Test]
    public void Lowers_texts_by_what_stands_around() =>
        Assert.That(Checksum(Sequences(), s_lower), Is.EqualTo("caf72cf8b5118c75a3c75886c7281ec4ab91becab5c07cdeb941a560041d81b4"));

    private static IEnumerable<int[]> Characters() =>
        Enumerable.Range(0, 0x110000)
            .Where(codePoint => codePoint is < 0xD800 or > 0xDFFF)
            .Select(codePoint => new[] { codePoint });

    private static IEnumerable<int[]> Sequences()
    {
        var pool = s_ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).ToArray();
        var state = 1u;
        for (var i = 0; i < 50_000; i++)
        {
            var text = new int[2 + Next(8)];
            for (var j = 0; j < text.Length; j++)
                text[j] = pool[Next(pool.Length)];
            yield return text;
        }

        int Next(int below)
        {
            state = unchecked((state * 1664525) + 1013904223);
            return (int)(state / 65536) % below;
        }
    }

    private static string Checksum(IEnumerable<int[]> texts, Func<int[], List<int>> map)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
            hash.AppendData(Encoding.UTF8.GetBytes(CodePoints.Encode([.. map(text)]) + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
