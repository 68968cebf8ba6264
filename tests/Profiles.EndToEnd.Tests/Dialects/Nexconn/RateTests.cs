using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>The documented rate of each application.</summary>
internal sealed class RateTests : NexconnTest
{
    private const string Policy = "RateLimit-Policy";

    [TestCase(Set, """{"userId":"alice","userProfile":{"name":"Al"}}""", "write")]
    [TestCase(Get, """{"userIds":["alice"]}""", "batch")]
    [TestCase(List, "{}", "read")]
    [TestCase("/user/profile/query.json", "{}", "read")]
    public async Task It_is_a_hundred_calls_a_second(string path, string json, string rateClass)
    {
        var answer = await PostAsync(path, json);

        Assert.That(answer.Response.Headers.GetValues(Policy), Is.EqualTo((string[])[$"\"{rateClass}\";q=100;w=1"]));
    }

    [Test]
    public async Task A_call_too_many_is_refused()
    {
        var refused = new List<RestAnswer>();
        for (var wave = 0; wave < 20 && refused.Count == 0; wave++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync(Get, """{"userIds":["alice"]}""")));
            refused.AddRange(answers.Where(answer => answer.Status != 200));
        }

        Assert.That(refused, Is.Not.Empty);
        foreach (var answer in refused)
        {
            AssertRefused(answer, 429, 1008);
            Assert.That(answer.Response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task Another_application_has_its_own_rate_and_an_allowance_of_its_own_goes_before()
    {
        var created = await CreateApplicationAsync(new Application
        {
            RateLimits = new RateLimits { Batch = new RateLimit { Requests = 1, Window = new() { Seconds = 3600 } } },
        });
        (string, string)[] signed =
            [("App-Key", created.Application.AppKey), ("Nonce", "14314"), ("Timestamp", "1408710653491"), ("Signature", Sign(created.AppSecret))];

        Assert.That((await RestAsync("POST", Get, string.Empty, """{"userIds":["alice"]}""", signed)).Status, Is.EqualTo(200));
        AssertRefused(await RestAsync("POST", Get, string.Empty, """{"userIds":["alice"]}""", signed), 429, 1008);
        await SucceedAsync(Get, """{"userIds":["alice"]}""");
    }

    [Test]
    public async Task Calls_of_our_own_api_have_no_such_rate()
    {
        var answer = await RestAsync("GET", "/v1/profiles", string.Empty, (string?)null, Signed);

        Assert.That((answer.Status, answer.Response.Headers.Contains(Policy)), Is.EqualTo((200, false)));
    }
}
