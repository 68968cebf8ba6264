using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>Managing credentials, over gRPC and over REST.</summary>
internal sealed class CredentialServiceTests : CredentialTest
{
    private static readonly string Unknown = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    [Test]
    public async Task A_key_is_shown_once_and_known_for_ever()
    {
        var expires = Timestamp.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30));
        var wanted = new ApiKey
        {
            DisplayName = "Billing",
            Type = ApiKeyType.Administrative,
            UserId = "billing",
            Permissions = { "profiles.read" },
            RateLimits = new RateLimits { Read = new RateLimit { Requests = 10, Window = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)) } },
            ExpireTime = expires,
        };

        var created = await Credentials.CreateApiKeyAsync(new CreateApiKeyRequest { ApiKey = wanted }, AsRoot);
        SharedServer.UsedSecrets.Add(created.Key);

        Assert.That(created.Key, Does.Match("^profiles_admin_[0-9A-Za-z]{49}$").And.StartsWith(created.ApiKey.Prefix));
        wanted.KeyId = created.ApiKey.KeyId;
        wanted.Prefix = created.ApiKey.Prefix;
        wanted.CreateTime = created.ApiKey.CreateTime;
        Assert.That(created.ApiKey, Is.EqualTo(wanted));
        Assert.That((await Credentials.GetApiKeyAsync(new GetApiKeyRequest { KeyId = wanted.KeyId }, AsRoot)).ApiKey, Is.EqualTo(wanted));
        var rest = await RestAsync("GET", $"/v1/apiKeys/{wanted.KeyId}", RootToken);
        Assert.That(rest.Json!["displayName"]!.GetValue<string>(), Is.EqualTo("Billing"));
        Assert.That(rest.Json.ToJsonString(), Does.Not.Contain(created.Key));
    }

    [Test]
    public async Task Keys_are_managed_over_rest()
    {
        var created = await RestAsync("POST", "/v1/apiKeys", RootToken, """{"apiKey":{"type":"API_KEY_TYPE_SESSION","userId":"alice"}}""");
        Assert.That(created.Status, Is.EqualTo(200), created.Json?.ToJsonString());
        var (id, first) = (created.Json!["apiKey"]!["keyId"]!.GetValue<string>(), created.Json["key"]!.GetValue<string>());

        var rotated = await RestAsync("POST", $"/v1/apiKeys/{id}:rotate", RootToken, """{"overlap":"60s"}""");
        var second = rotated.Json!["key"]!.GetValue<string>();
        var revoked = await RestAsync("POST", $"/v1/apiKeys/{id}:revoke", RootToken, "{}");
        var list = await RestAsync("GET", "/v1/apiKeys", RootToken);

        SharedServer.UsedSecrets.Add(first);
        SharedServer.UsedSecrets.Add(second);
        Assert.That(second, Is.Not.EqualTo(first).And.StartsWith("profiles_session_"));
        Assert.That(revoked.Json!["apiKey"]!["revokeTime"], Is.Not.Null);
        Assert.That(list.Json!["apiKeys"]!.AsArray().Single()!["keyId"]!.GetValue<string>(), Is.EqualTo(id));
        Assert.That(list.Json.ToJsonString(), Does.Not.Contain(first).And.Not.Contain(second));
    }

    [Test]
    public async Task Applications_are_managed_over_rest()
    {
        var created = await RestAsync(
            "POST", "/v1/applications", RootToken, """{"application":{"displayName":"Chat","freshnessWindow":"300s","refuseReplays":true}}""");
        Assert.That(created.Status, Is.EqualTo(200), created.Json?.ToJsonString());
        var application = created.Json!["application"]!;
        var (id, secret) = (application["applicationId"]!.GetValue<string>(), created.Json["appSecret"]!.GetValue<string>());
        SharedServer.UsedSecrets.Add(secret);

        var rotated = await RestAsync("POST", $"/v1/applications/{id}:rotateSecret", RootToken, """{"overlap":"60s"}""");
        SharedServer.UsedSecrets.Add(rotated.Json!["appSecret"]!.GetValue<string>());
        var read = await RestAsync("GET", $"/v1/applications/{id}", RootToken);
        var revoked = await RestAsync("POST", $"/v1/applications/{id}:revoke", RootToken, "{}");
        var list = await RestAsync("GET", "/v1/applications", RootToken);

        Assert.That(application["freshnessWindow"]!.GetValue<string>(), Is.EqualTo("300s"));
        Assert.That(read.Json!["secrets"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(read.Json.ToJsonString(), Does.Not.Contain(secret));
        Assert.That(revoked.Json!["application"]!["revokeTime"], Is.Not.Null);
        Assert.That(list.Json!["applications"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Lists_have_pages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await CreateKeyAsync(ApiKeyType.Public)).Key.KeyId);
        ids.Sort(StringComparer.Ordinal);

        var first = await Credentials.ListApiKeysAsync(new ListApiKeysRequest { PageSize = 3 }, AsRoot);
        var second = await Credentials.ListApiKeysAsync(new ListApiKeysRequest { PageSize = 3, PageToken = first.NextPageToken }, AsRoot);

        Assert.That(first.ApiKeys.Concat(second.ApiKeys).Select(key => key.KeyId), Is.EqualTo(ids));
        Assert.That(second.NextPageToken, Is.Empty);
        var elsewhere = As(SharedServer.Mint.Mint("demo", "root", "credentials.read"));
        var failure = await RpcErrors.FailureOf(Credentials.ListApiKeysAsync(new ListApiKeysRequest { PageToken = first.NextPageToken }, elsewhere));
        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["page_token"]));
    }

    [Test]
    public async Task Another_organization_s_credentials_are_not_there()
    {
        var (key, _) = await CreateKeyAsync(ApiKeyType.Public);
        var (application, _) = await CreateApplicationAsync();
        var elsewhere = As(SharedServer.Mint.Mint("demo", "root", "profiles.read", "profiles.write", "credentials.read", "credentials.write"));

        Func<Task>[] calls =
        [
            () => Credentials.GetApiKeyAsync(new GetApiKeyRequest { KeyId = key.KeyId }, elsewhere).ResponseAsync,
            () => Credentials.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = key.KeyId }, elsewhere).ResponseAsync,
            () => Credentials.RevokeApiKeyAsync(new RevokeApiKeyRequest { KeyId = key.KeyId }, elsewhere).ResponseAsync,
            () => Credentials.GetApplicationAsync(new GetApplicationRequest { ApplicationId = application.ApplicationId }, elsewhere).ResponseAsync,
            () => Credentials.RotateApplicationSecretAsync(new RotateApplicationSecretRequest { ApplicationId = application.ApplicationId }, elsewhere).ResponseAsync,
            () => Credentials.RevokeApplicationAsync(new RevokeApplicationRequest { ApplicationId = application.ApplicationId }, elsewhere).ResponseAsync,
            () => Credentials.GetApiKeyAsync(new GetApiKeyRequest { KeyId = Unknown }, AsRoot).ResponseAsync,
            () => Credentials.RevokeApplicationAsync(new RevokeApplicationRequest { ApplicationId = Unknown }, AsRoot).ResponseAsync,
        ];
        foreach (var call in calls)
        {
            var failure = (await Assert.ThrowsAsync<RpcException>(() => call()))!;
            Assert.That((failure.StatusCode, failure.Reason()), Is.EqualTo((StatusCode.NotFound, "CREDENTIAL_NOT_FOUND")));
        }

        Assert.That((await Credentials.GetApiKeyAsync(new GetApiKeyRequest { KeyId = key.KeyId }, AsRoot)).ApiKey.RevokeTime, Is.Null);
    }

    [TestCase("credentials.write", "profiles.read", "")]
    [TestCase("credentials.write audit.read", "", "")]
    [TestCase("credentials.write", "platform.admin", "")]
    [TestCase("credentials.write profiles.read", "profiles.read", "alice")]
    public async Task Nobody_hands_on_more_than_he_has(string has, string wanted, string user)
    {
        var caller = As(SharedServer.Mint.Mint(Organization, "root", has.Split(' ')));
        var request = new CreateApiKeyRequest { ApiKey = new ApiKey { Type = ApiKeyType.Administrative, UserId = user } };
        request.ApiKey.Permissions.Add(wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        var failure = await RpcErrors.FailureOf(Credentials.CreateApiKeyAsync(request, caller));

        Assert.That((failure.StatusCode, failure.Reason()), Is.EqualTo((StatusCode.PermissionDenied, "PERMISSION_MISSING")));
    }

    [Test]
    public async Task Nobody_gets_a_stronger_credential_by_rotating_it()
    {
        var (key, _) = await CreateKeyAsync(ApiKeyType.Administrative);
        var (application, _) = await CreateApplicationAsync();
        var weak = As(SharedServer.Mint.Mint(Organization, "weak", "credentials.write"));

        var byKey = await RpcErrors.FailureOf(Credentials.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = key.KeyId }, weak));
        var byApplication = await RpcErrors.FailureOf(Credentials.RotateApplicationSecretAsync(
            new RotateApplicationSecretRequest { ApplicationId = application.ApplicationId }, weak));

        Assert.That((byKey.Reason(), byApplication.Reason()), Is.EqualTo(("PERMISSION_MISSING", "PERMISSION_MISSING")));
    }

    [Test]
    public async Task A_key_with_the_permission_manages_keys_itself()
    {
        var (_, text) = await CreateKeyAsync(ApiKeyType.Administrative, permissions: ["credentials.write", "credentials.read"]);

        var created = await RestAsync(
            "POST", "/v1/apiKeys", token: "", """{"apiKey":{"type":"API_KEY_TYPE_ADMINISTRATIVE","permissions":["credentials.read"]}}""", Key(text));
        var refused = await RestAsync("POST", "/v1/apiKeys", token: "", """{"apiKey":{"type":"API_KEY_TYPE_ADMINISTRATIVE"}}""", Key(text));

        SharedServer.UsedSecrets.Add(created.Json!["key"]!.GetValue<string>());
        Assert.That(created.Status, Is.EqualTo(200));
        Assert.That(refused.Reason, Is.EqualTo("PERMISSION_MISSING"));
    }

    [Test]
    public async Task Broken_rules_are_named_by_field()
    {
        var request = new CreateApiKeyRequest
        {
            ApiKey = new ApiKey
            {
                Type = ApiKeyType.Public,
                DisplayName = new string('n', 201),
                UserId = "alice",
                Permissions = { "profiles.read" },
                ExpireTime = new Timestamp { Seconds = 1 },
                RateLimits = new RateLimits { Write = new RateLimit() },
            },
            ImportedKey = "short",
        };

        var failure = await RpcErrors.FailureOf(Credentials.CreateApiKeyAsync(request, AsRoot));

        Assert.That(failure.ViolatedFields(), Is.EquivalentTo((string[])
        [
            "api_key.rate_limits.write.requests", "api_key.rate_limits.write.window", "api_key.display_name", "api_key.user_id",
            "api_key.permissions", "api_key.expire_time", "imported_key",
        ]));
    }

    private static IEnumerable<TestCaseData> BadRequests()
    {
        yield return Bad("api_key", (client, root) => client.CreateApiKeyAsync(new CreateApiKeyRequest(), root).ResponseAsync);
        yield return Bad("application", (client, root) => client.CreateApplicationAsync(new CreateApplicationRequest(), root).ResponseAsync);
        yield return Bad("key_id", (client, root) => client.GetApiKeyAsync(new GetApiKeyRequest { KeyId = "1" }, root).ResponseAsync);
        yield return Bad("key_id", (client, root) => client.RevokeApiKeyAsync(new RevokeApiKeyRequest(), root).ResponseAsync);
        yield return Bad("application_id", (client, root) => client.GetApplicationAsync(new GetApplicationRequest { ApplicationId = "{}" }, root).ResponseAsync);
        yield return Bad("overlap", (client, root) => client.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = Unknown, Overlap = new() { Seconds = -1 } }, root).ResponseAsync);
        yield return Bad("overlap", (client, root) => client.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = Unknown, Overlap = new() { Seconds = 2_592_001 } }, root).ResponseAsync);
        yield return Bad("overlap", (client, root) => client.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = Unknown, Overlap = new() { Seconds = long.MinValue } }, root).ResponseAsync);
        yield return Bad("overlap", (client, root) => client.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = Unknown, Overlap = new() { Seconds = 1, Nanos = -1 } }, root).ResponseAsync);
        yield return Bad("api_key.expire_time", (client, root) => client.CreateApiKeyAsync(
            new CreateApiKeyRequest { ApiKey = new ApiKey { Type = ApiKeyType.Public, ExpireTime = new() { Seconds = long.MaxValue } } }, root).ResponseAsync);
        yield return Bad("page_size", (client, root) => client.ListApplicationsAsync(new ListApplicationsRequest { PageSize = 101 }, root).ResponseAsync);
        yield return Bad("application.freshness_window", (client, root) => client.CreateApplicationAsync(
            new CreateApplicationRequest { Application = new Application { RefuseReplays = true } }, root).ResponseAsync);
    }

    [TestCaseSource(nameof(BadRequests))]
    public async Task A_bad_request_names_the_field(string field, Func<CredentialService.CredentialServiceClient, CallOptions, Task> call)
    {
        var failure = (await Assert.ThrowsAsync<RpcException>(() => call(Credentials, AsRoot)))!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task What_was_done_is_listed_without_secrets()
    {
        var (key, text) = await CreateKeyAsync(ApiKeyType.Session, user: "alice");
        await Credentials.RevokeApiKeyAsync(new RevokeApiKeyRequest { KeyId = key.KeyId }, AsRoot);
        await Credentials.RevokeApiKeyAsync(new RevokeApiKeyRequest { KeyId = key.KeyId }, AsRoot);
        var (application, secret) = await CreateApplicationAsync();

        var events = await new AuditService.AuditServiceClient(Invoker).ListAuditEventsAsync(new ListAuditEventsRequest(), AsRoot);

        var ofKey = events.Events.Where(recorded => recorded.ResourceId == key.KeyId).ToList();
        Assert.That(ofKey.Select(recorded => recorded.Action), Is.EqualTo(new[] { AuditAction.ApiKeyCreated, AuditAction.ApiKeyRevoked }));
        Assert.That(ofKey[0].ChangedFields, Is.EqualTo(new[] { "type", "user_id" }));
        Assert.That(ofKey[0].Actor, Is.EqualTo(new Actor { Type = ActorType.Server, Id = "root" }));
        Assert.That(ofKey[0].HttpRequestId, Is.Not.Empty);
        Assert.That(events.Events.Single(recorded => recorded.ResourceId == application.ApplicationId).Action, Is.EqualTo(AuditAction.ApplicationCreated));
        Assert.That(events.ToString(), Does.Not.Contain(text).And.Not.Contain(secret));
    }

    private static TestCaseData Bad(string field, Func<CredentialService.CredentialServiceClient, CallOptions, Task> call) =>
        new(field, call);
}
