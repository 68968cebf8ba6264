using Profiles.Core.Access;
using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

/// <summary>What a validator says, taken apart for tests.</summary>
internal static class ValidatorExtensions
{
    /// <summary>What is wrong with a token, with the keys at hand.</summary>
    public static TokenFault Check(this TokenValidator validator, string token, out Caller? caller)
    {
        var check = validator.Check(token);
        caller = check.Caller;
        return check.Fault;
    }

    /// <summary>Whom a token speaks for that has to be good.</summary>
    public static Caller Validate(this TokenValidator validator, string token)
    {
        Assert.That(validator.Check(token, out var caller), Is.EqualTo(TokenFault.None));
        return caller!;
    }

    /// <summary>What is wrong with a token, with new keys if need be.</summary>
    public static async Task<TokenFault> FaultOfAsync(this TokenValidator validator, string token) =>
        (await validator.CheckAsync(token).AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Fault;
}
