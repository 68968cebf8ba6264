using Profiles.Core.Errors;
using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

/// <summary>The tokens of <see cref="HostileTokens"/>: each is refused, for the reason that it was made for.</summary>
public class HostileTokenTests
{
    private static readonly TokenValidator Validator = TestIssuer.Validator();

    private static IEnumerable<TestCaseData> Tokens => HostileTokens.All.Select(
        hostile => new TestCaseData(hostile.Token, hostile.Fault).SetName($"{hostile.Fault}: {hostile.Why}"));

    [TestCaseSource(nameof(Tokens))]
    public void Hostile_token_is_refused(string token, object fault)
    {
        Assert.That(Validator.Check(token, out var caller), Is.EqualTo(fault));
        Assert.That(caller, Is.Null);
    }

    [TestCaseSource(nameof(Tokens))]
    public void Caller_is_never_told_why(string token, object fault)
    {
        Assert.That(fault, Is.Not.EqualTo(TokenFault.None));
        var failure = TokenValidator.Refused(Validator.Check(token).Fault);
        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.CredentialInvalid));
        Assert.That(failure.Message, Is.EqualTo("The credential is not valid."));
        Assert.That(failure.Violations, Is.Empty);
        Assert.That(failure.InnerException, Is.Null);
    }

    [Test]
    public void Every_fault_has_a_token() => Assert.That(
        HostileTokens.All.Select(hostile => hostile.Fault).Distinct(),
        Is.EquivalentTo(Enum.GetValues<TokenFault>().Except([TokenFault.None, TokenFault.KeysUnavailable])));

    [Test]
    public void Without_issuers_no_token_is_valid() => Assert.That(
        new TokenValidator([], TestIssuer.Clock).Check(TestIssuer.Es256(), out _), Is.EqualTo(TokenFault.Issuer));

    [Test]
    public void An_issuer_cannot_be_trusted_twice()
    {
        var issuer = TestIssuer.Trust("a", []);
        Assert.That(() => new TokenValidator([issuer, issuer], TestIssuer.Clock), Throws.ArgumentException);
    }
}
