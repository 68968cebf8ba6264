using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>The id of a request is its caller's, unless that is no id, or a key that was put into the wrong header.</summary>
internal sealed class RequestIdTests : ProfilesTest
{
    [TestCase("order-7.2_b", true)]
    [TestCase("profiles", true)]
    [TestCase("profiles_admin_0123456789", false)]
    [TestCase("PROFILES_session_0123456789", false)]
    [TestCase("a b", false)]
    [TestCase("01234567890123456789012345678901234567890123456789012345678901234", false)]
    public async Task A_sensible_one_is_taken(string id, bool isTaken)
    {
        var answer = await RestAsync("GET", MyProfile, UserToken, json: null, ("x-request-id", id));

        var given = answer.Response.Headers.GetValues("x-request-id").Single();
        Assert.That(given, isTaken ? Is.EqualTo(id) : Does.Match("^[0-9a-f]{32}$"));
    }
}
