using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

/// <summary>A token that was seen before costs a hash and a look-up.</summary>
public class TokenAllocationTests
{
    [Test]
    public async Task Known_token_is_checked_without_an_allocation()
    {
        var validator = TestIssuer.Validator();
        var token = TestIssuer.Es256();
        validator.Validate(token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
            await validator.CheckAsync(token);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
