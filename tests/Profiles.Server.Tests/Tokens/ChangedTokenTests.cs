using System.Buffers.Text;
using FsCheck;
using Profiles.Core.Access;
using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

/// <summary>A valid token that was changed somewhere is not valid: there is one text for each content and signature.</summary>
public class ChangedTokenTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly TokenValidator Validator = TestIssuer.Validator();
    private static readonly string[] Tokens = [TestIssuer.Es256(), TestIssuer.Rs256()];

    private static IEnumerable<TestCaseData> NamedTokens =>
        [new TestCaseData(Tokens[0]).SetArgDisplayNames("ES256"), new TestCaseData(Tokens[1]).SetArgDisplayNames("RS256")];

    [TestCaseSource(nameof(NamedTokens))]
    public void Token_cut_anywhere_is_refused(string token)
    {
        Assert.That(IsRefused(token), Is.False);
        Assert.That(Positions(token).Where(length => !IsRefused(token[..length])), Is.Empty);
        Assert.That(Positions(token).Skip(1).Where(start => !IsRefused(token[start..])), Is.Empty);
    }

    [TestCaseSource(nameof(NamedTokens))]
    public void Token_without_one_character_is_refused(string token) =>
        Assert.That(Positions(token).Where(position => !IsRefused(token.Remove(position, 1))), Is.Empty);

    [TestCaseSource(nameof(NamedTokens))]
    public void Token_with_a_bit_flipped_is_refused(string token)
    {
        var taken = from position in Positions(token)
                    from bit in Enumerable.Range(0, 6)
                    where token[position] != '.'
                    let letter = Letters[Letters.IndexOf(token[position], StringComparison.Ordinal) ^ (1 << bit)]
                    where !IsRefused(Replaced(token, position, letter))
                    select (position, bit);
        Assert.That(taken, Is.Empty);
    }

    [TestCaseSource(nameof(NamedTokens))]
    public void Token_with_a_dot_instead_is_refused(string token) => Assert.That(
        Positions(token).Where(position => token[position] != '.' && !IsRefused(Replaced(token, position, '.'))), Is.Empty);

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Token_with_another_character_is_refused(bool rsa, NonNegativeInt position, char letter)
    {
        var token = Tokens[rsa ? 1 : 0];
        var place = position.Get % token.Length;
        return token[place] == letter || IsRefused(Replaced(token, place, letter));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Token_with_one_character_more_is_refused(bool rsa, NonNegativeInt position, char letter)
    {
        var token = Tokens[rsa ? 1 : 0];
        return IsRefused(token.Insert(position.Get % (token.Length + 1), letter.ToString()));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Any_text_is_refused(string? text) => IsRefused(text ?? "");

    /// <summary>Whatever a trusted issuer signs, there is an answer and never another exception.</summary>
    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public bool Any_signed_bytes_are_refused(byte[] header, byte[] payload, bool goodHeader)
    {
        var first = goodHeader ? TestIssuer.Part(TestIssuer.Header) : Base64Url.EncodeToString(header);
        return IsRefused(TestIssuer.Signed(first, Base64Url.EncodeToString(payload)));
    }

    private static IEnumerable<int> Positions(string token) => Enumerable.Range(0, token.Length);

    private static string Replaced(string token, int position, char letter) =>
        $"{token[..position]}{letter}{token[(position + 1)..]}";

    private static bool IsRefused(string token)
    {
        var fault = Validator.Check(token, out Caller? caller);
        return fault != TokenFault.None && caller is null;
    }
}
