using System.Security.Cryptography;
using System.Text;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>A bad key is refused whatever is wrong with it, and the answer is always the same.</summary>
internal sealed class BadApiKeyTests : CredentialTest
{
    private static IEnumerable<TestCaseData> BadKeys()
    {
        yield return Bad("unknown, in our form", _ => "profiles_admin_" + new string('a', 43) + "000000");
        yield return Bad("unknown, of another form", _ => RandomNumberGenerator.GetHexString(32, lowercase: true));
        yield return Bad("truncated", key => key[..^1]);
        yield return Bad("longer", key => key + "0");
        yield return Bad("damaged", key => key[..^1] + (key[^1] == 'a' ? 'b' : 'a'));
        yield return Bad("in capitals", key => key.ToUpperInvariant());
        yield return Bad("of another type", key => key.Replace("_admin_", "_session_"));
        yield return Bad("the prefix alone", key => key[..21]);
        yield return Bad("oversized", _ => new string('k', 257));
        yield return Bad("much too large", _ => new string('k', 12_000));
        yield return Bad("two in one", key => $"{key},{key}");
        yield return Bad("with a scheme", key => $"Bearer {key}");
        yield return Bad("quoted", key => $"\"{key}\"");
        yield return Bad("too short", _ => "123456789012345");
        yield return Bad("a statement", _ => "'; DROP TABLE api_keys; --");
        yield return Bad("null", _ => "null");
        yield return Bad("with a tab in it", key => $"{key[..20]}\t{key[20..]}");
    }

    [TestCaseSource(nameof(BadKeys))]
    public async Task A_bad_key_is_refused(Func<string, string> change)
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Administrative);
        var bad = change(key);

        Assert.That(await OutcomeAsync("ListProfiles", Key(bad)), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("ListProfiles", Key(key)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task An_expired_one_is_refused()
    {
        var (created, key) = await CreateKeyAsync(ApiKeyType.Administrative);
        await ExecuteAsync("UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE key_id = $1", Guid.Parse(created.KeyId));

        Assert.That(await OutcomeAsync("ListProfiles", Key(key)), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task A_revoked_one_is_refused()
    {
        var (created, key) = await CreateKeyAsync(ApiKeyType.Administrative);
        await Credentials.RevokeApiKeyAsync(new RevokeApiKeyRequest { KeyId = created.KeyId }, AsRoot);

        Assert.That(await OutcomeAsync("ListProfiles", Key(key)), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task The_answer_is_the_same_whatever_is_wrong()
    {
        var (revoked, revokedKey) = await CreateKeyAsync(ApiKeyType.Administrative);
        await Credentials.RevokeApiKeyAsync(new RevokeApiKeyRequest { KeyId = revoked.KeyId }, AsRoot);
        var (application, _) = await CreateApplicationAsync();
        (string Name, string Value)[][] bad =
        [
            [Key(revokedKey)],
            [Key(RandomNumberGenerator.GetHexString(32, lowercase: true))],
            [Key("profiles_admin_x")],
            [Token(SharedServer.Mint.Mint(Organization, "alice") + "x")],
            [Key(revokedKey), Token(UserToken)],
            Sign(application.AppKey, "wrong-secret"),
            Sign("nobodys-app-key", "wrong-secret"),
            [("app-key", application.AppKey)],
        ];

        var answers = new List<string>();
        foreach (var headers in bad)
        {
            var answer = await RestAsync("GET", "/v1/profiles", token: "", json: null, headers);
            answers.Add($"{answer.Status} {answer.Response.Headers.WwwAuthenticate} {answer.Json!.ToJsonString()}");
        }

        Assert.That(answers, Is.All.EqualTo(answers[0]));
        Assert.That(answers[0], Does.StartWith("401 ").And.Contain("CREDENTIAL_INVALID"));
    }

    [Test]
    public async Task A_key_sent_twice_is_refused_even_when_it_is_good()
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Administrative);

        var answer = await SendAsync($"X-Api-Key: {key}", $"x-api-key: {key}");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((401, "CREDENTIAL_INVALID")));
    }

    [TestCase("X-API-KEY")]
    [TestCase("x-api-key")]
    public async Task The_header_s_name_is_read_in_any_case(string name)
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Administrative);

        Assert.That((await SendAsync($"{name}:   {key}  ")).Status, Is.EqualTo(200));
    }

    [TestCase("x-api-key: ")]
    [TestCase("api-key: {0}")]
    [TestCase("apikey: {0}")]
    [TestCase("cookie: x-api-key={0}")]
    public async Task An_empty_key_or_one_elsewhere_is_none(string header)
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Administrative);

        var answer = await SendAsync(header.Replace("{0}", key, StringComparison.Ordinal));

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((401, "CREDENTIAL_MISSING")));
    }

    [Test]
    public async Task A_key_in_the_query_is_not_looked_at()
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Administrative);

        var answer = await RestAsync("GET", $"/v1/profiles?x-api-key={key}", token: "");

        Assert.That(answer.Reason, Is.EqualTo("CREDENTIAL_MISSING"));
    }

    [TestCase("x-api-key: \u00e9\u00e8\u00ea1234567890123456")]
    [TestCase("x-api-key: 1234567890123456\u0001")]
    [TestCase("app-key: \u00e9\u00e8\u00ea1234567890")]
    public async Task A_header_with_other_characters_is_refused(string header)
    {
        var answer = await SendAsync(header);

        Assert.That(answer.Status, Is.EqualTo(401).Or.EqualTo(400), answer.Body);
    }

    private static TestCaseData Bad(string name, Func<string, string> change) => new TestCaseData(change).SetArgDisplayNames(name);

    private static Task<RawAnswer> SendAsync(params string[] headers) => RawHttp.SendAsync(
        SharedServer.Server.Http, Encoding.UTF8.GetBytes(RawHttp.Head("GET", "/v1/profiles", token: "", headers)));
}
