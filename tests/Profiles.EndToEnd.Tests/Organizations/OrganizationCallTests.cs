using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Organizations;

/// <summary>Creating, reading, changing, listing and deleting organizations, over gRPC and REST.</summary>
internal sealed class OrganizationCallTests : ProfilesTest
{
    private string Path => $"/v1/organizations/{Organization}";

    [Test]
    public async Task What_is_created_can_be_read_in_both_forms()
    {
        var id = SharedServer.NewOrganizationId();
        var settings = EverySetting();

        var created = (await Organizations.CreateOrganizationAsync(
            new CreateOrganizationRequest { Organization = new Organization { OrganizationId = id, DisplayName = "Acme", Settings = settings } },
            AsAdministrator)).Organization;
        var read = (await Organizations.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = id }, AsAdministrator)).Organization;
        var rest = await RestAsync("GET", $"/v1/organizations/{id}", SharedServer.AdministratorToken);

        Assert.That(created.Settings, Is.EqualTo(settings));
        Assert.That(created.Revision, Is.EqualTo(1));
        Assert.That(read, Is.EqualTo(created));
        Assert.That(rest.Json!["displayName"]!.GetValue<string>(), Is.EqualTo("Acme"));
        Assert.That(rest.Json["settings"]!["usernames"]!["hold"]!.GetValue<string>(), Is.EqualTo("86400s"));
        Assert.That(rest.Json["settings"]!["rateLimits"]!["batch"]!["requests"]!.GetValue<int>(), Is.EqualTo(7));
        Assert.That(rest.Response.Headers.ETag!.Tag, Is.EqualTo($"\"{created.Etag}\""));
    }

    [Test]
    public async Task A_new_organization_has_no_settings()
    {
        var answer = await RestAsync("POST", "/v1/organizations", SharedServer.AdministratorToken, $$"""{"organizationId":"{{SharedServer.NewOrganizationId()}}"}""");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
        Assert.That(answer.Json!["organization"]!["settings"]!.AsObject(), Is.Empty);
    }

    [Test]
    public async Task An_id_is_given_once()
    {
        var overGrpc = await RpcErrors.FailureOf(Organizations.CreateOrganizationAsync(
            new CreateOrganizationRequest { Organization = new Organization { OrganizationId = Organization } }, AsAdministrator));
        var overRest = await RestAsync("POST", "/v1/organizations", SharedServer.AdministratorToken, $$"""{"organizationId":"{{Organization}}"}""");

        Assert.That(overGrpc.StatusCode, Is.EqualTo(StatusCode.AlreadyExists));
        Assert.That((overRest.Status, overRest.Reason), Is.EqualTo((409, "ORGANIZATION_EXISTS")));
    }

    [Test]
    public async Task An_update_leaves_alone_what_it_does_not_name_and_null_goes_back_to_the_default()
    {
        await PatchAsync("""{"displayName":"Acme","settings":{"usernames":{"minLength":3,"pattern":"[a-z]+"},"pictures":{"upload":false}}}""");

        var second = await PatchAsync("""{"settings":{"usernames":{"pattern":null,"maxLength":20}}}""");
        var third = await PatchAsync("""{"settings":{"pictures":null}}""");

        Assert.That(second["settings"]!.ToJsonString(), Is.EqualTo("""{"usernames":{"minLength":3,"maxLength":20},"pictures":{"upload":false}}"""));
        Assert.That(third["settings"]!.ToJsonString(), Is.EqualTo("""{"usernames":{"minLength":3,"maxLength":20}}"""));
        Assert.That(third["displayName"]!.GetValue<string>(), Is.EqualTo("Acme"));
        Assert.That(third["revision"]!.GetValue<string>(), Is.EqualTo("4"));
    }

    private static TestCaseData[] Masks() =>
    [
        Mask("one setting", "settings.usernames.min_length", """{ "usernames": { "maxLength": 30, "pattern": "[a-z]+" }, "attributes": { "requiredPrefix": "a" } }"""),
        Mask("a group", "settings.usernames", """{ "attributes": { "requiredPrefix": "a" } }"""),
        Mask("a list", "settings.attributes.definitions", """{ "usernames": { "minLength": 2, "maxLength": 30, "pattern": "[a-z]+" }, "attributes": { "requiredPrefix": "a" } }"""),
        Mask("all settings", "settings", "{ }"),
        Mask("everything", "*", "{ }"),
    ];

    [TestCaseSource(nameof(Masks))]
    public async Task A_field_that_is_named_and_not_set_goes_back_to_its_default(string path, string expected)
    {
        var content = new Organization
        {
            DisplayName = "Acme",
            Settings = new OrganizationSettings
            {
                Usernames = new UsernameSettings { MinLength = 2, MaxLength = 30, Pattern = "[a-z]+" },
                Attributes = new AttributeSettings { RequiredPrefix = "a" },
            },
        };
        await UpdateAsync(new UpdateOrganizationRequest { Organization = content });

        var updated = await UpdateAsync(new UpdateOrganizationRequest { Organization = new Organization(), UpdateMask = FieldMask.FromString(path) });

        Assert.That(updated.Organization.Settings.ToString(), Is.EqualTo(expected));
        Assert.That(updated.Organization.DisplayName, Is.EqualTo(path == "*" ? string.Empty : "Acme"));
    }

    [Test]
    public async Task A_list_is_replaced_as_a_whole()
    {
        await PatchAsync("""{"settings":{"attributes":{"definitions":[{"name":"a"},{"name":"b","maxLength":3}]}}}""");

        var replaced = await PatchAsync("""{"settings":{"attributes":{"definitions":[{"name":"c"}]}}}""");

        Assert.That(replaced["settings"]!.ToJsonString(), Is.EqualTo("""{"attributes":{"definitions":[{"name":"c"}]}}"""));
    }

    [Test]
    public async Task An_update_that_changes_nothing_writes_nothing_and_says_so()
    {
        var content = new Organization { DisplayName = "Acme", Settings = EverySetting() };
        var first = await UpdateAsync(new UpdateOrganizationRequest { Organization = content });

        var second = await UpdateAsync(new UpdateOrganizationRequest { Organization = content });

        Assert.That((first.Unchanged, second.Unchanged), Is.EqualTo((false, true)));
        Assert.That(second.Organization, Is.EqualTo(first.Organization));
    }

    [Test]
    public async Task What_a_read_returned_can_be_sent_back()
    {
        await PatchAsync("""{"displayName":"Acme"}""");
        var read = await RestAsync("GET", Path, SharedServer.AdministratorToken);
        read.Json!["displayName"] = "Acme & Co";

        var answer = await RestAsync("PATCH", Path, SharedServer.AdministratorToken, read.Json.ToJsonString());

        Assert.That(answer.Json!["organization"]!["displayName"]!.GetValue<string>(), Is.EqualTo("Acme & Co"));
    }

    [Test]
    public async Task A_stale_etag_changes_and_deletes_nothing()
    {
        var stale = (await RestAsync("GET", Path, SharedServer.AdministratorToken)).Response.Headers.ETag!.Tag;
        await PatchAsync("""{"displayName":"Acme"}""");

        var patched = await RestAsync("PATCH", Path, SharedServer.AdministratorToken, """{"displayName":"Other"}""", ("If-Match", stale));
        var deleted = await RestAsync("DELETE", Path, SharedServer.AdministratorToken, (string?)null, ("If-Match", stale));
        var overGrpc = await RpcErrors.FailureOf(Organizations.UpdateOrganizationAsync(
            new UpdateOrganizationRequest { OrganizationId = Organization, Organization = new Organization { DisplayName = "Other", Etag = stale.Trim('"') } },
            AsAdministrator));
        var current = await RestAsync("GET", Path, SharedServer.AdministratorToken);
        var fresh = await RestAsync(
            "PATCH", Path, SharedServer.AdministratorToken, """{"displayName":"Other"}""", ("If-Match", current.Response.Headers.ETag!.Tag));

        Assert.That((patched.Status, patched.Reason), Is.EqualTo((412, "STALE_ETAG")));
        Assert.That(deleted.Status, Is.EqualTo(412));
        Assert.That(overGrpc.StatusCode, Is.EqualTo(StatusCode.Aborted));
        Assert.That(current.Json!["displayName"]!.GetValue<string>(), Is.EqualTo("Acme"));
        Assert.That(fresh.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_etag_of_a_profile_or_of_nothing_is_none_of_an_organization()
    {
        var profile = (await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = new Profile { Nickname = "Al" } }, AsServer)).Profile;

        var foreign = await RestAsync("PATCH", Path, SharedServer.AdministratorToken, """{"displayName":"x"}""", ("If-Match", $"\"{profile.Etag}\""));
        var malformed = await RestAsync("PATCH", Path, SharedServer.AdministratorToken, """{"displayName":"x","etag":"x"}""");

        Assert.That(foreign.Status, Is.EqualTo(412));
        Assert.That(malformed.ViolatedFields, Is.EqualTo((string[])["organization.etag"]));
    }

    [Test]
    public async Task The_list_has_all_in_the_order_of_their_ids_page_by_page()
    {
        string[] made = [await SharedServer.NewOrganizationAsync(), await SharedServer.NewOrganizationAsync(), Organization, "demo"];

        var seen = new List<string>();
        var token = string.Empty;
        do
        {
            var page = await Organizations.ListOrganizationsAsync(new ListOrganizationsRequest { PageSize = 2, PageToken = token }, AsAdministrator);
            seen.AddRange(page.Organizations.Select(organization => organization.OrganizationId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.That(seen, Is.SupersetOf(made));
        Assert.That(seen, Is.EqualTo(seen.Distinct().Order(StringComparer.Ordinal)));
    }

    [TestCase("pageSize=101", "page_size")]
    [TestCase("pageSize=-1", "page_size")]
    [TestCase("pageToken=x", "page_token")]
    public async Task A_bad_page_is_refused(string query, string field)
    {
        var answer = await RestAsync("GET", $"/v1/organizations?{query}", SharedServer.AdministratorToken);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])[field]));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        var id = SharedServer.NewOrganizationId();

        Assert.That((await RestAsync("GET", $"/v1/organizations/{id}", SharedServer.AdministratorToken)).Reason, Is.EqualTo("ORGANIZATION_NOT_FOUND"));
        Assert.That((await RestAsync("PATCH", $"/v1/organizations/{id}", SharedServer.AdministratorToken, "{}")).Status, Is.EqualTo(404));
        Assert.That((await RestAsync("DELETE", $"/v1/organizations/{id}", SharedServer.AdministratorToken)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_deletion_needs_force_where_there_are_profiles()
    {
        await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = new Profile { Nickname = "Al" } }, AsServer);

        var refused = await RestAsync("DELETE", Path, SharedServer.AdministratorToken);
        var untouched = await RestAsync("GET", "/v1/profiles/alice", ServerToken);
        var forced = await RestAsync("DELETE", $"{Path}?force=true", SharedServer.AdministratorToken);

        Assert.That((refused.Status, refused.Reason), Is.EqualTo((400, "ORGANIZATION_NOT_EMPTY")));
        Assert.That(untouched.Status, Is.EqualTo(200));
        Assert.That(forced.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task After_a_deletion_nothing_is_there_and_the_id_is_not_free_yet()
    {
        var deleted = await RestAsync("DELETE", Path, SharedServer.AdministratorToken);

        Assert.That(deleted.Status, Is.EqualTo(200), deleted.Json?.ToString());
        Assert.That((await RestAsync("GET", Path, SharedServer.AdministratorToken)).Status, Is.EqualTo(404));
        Assert.That((await RestAsync("DELETE", Path, SharedServer.AdministratorToken)).Status, Is.EqualTo(404));
        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Reason, Is.EqualTo("ORGANIZATION_UNKNOWN"));
        var again = await RestAsync("POST", "/v1/organizations", SharedServer.AdministratorToken, $$"""{"organizationId":"{{Organization}}"}""");
        Assert.That((again.Status, again.Reason), Is.EqualTo((409, "ORGANIZATION_EXISTS")));
    }

    [Test]
    public async Task Updates_at_the_same_time_are_all_there()
    {
        string[] settings =
        [
            """{"usernames":{"unique":false}}""", """{"usernames":{"minLength":2}}""", """{"usernames":{"maxLength":9}}""",
            """{"usernames":{"hold":"5s"}}""", """{"pictures":{"upload":false}}""", """{"pictures":{"changesPerDay":1}}""",
            """{"attributes":{"requiredPrefix":"x_"}}""", """{"rateLimits":{"read":{"requests":1,"window":"1s"}}}""",
        ];

        await Task.WhenAll(settings.Select(setting => PatchAsync($$"""{"settings":{{setting}}}""")));

        var read = (await Organizations.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = Organization }, AsAdministrator)).Organization;
        Assert.That(read.Revision, Is.EqualTo(1 + settings.Length));
        Assert.That(read.Settings, Is.EqualTo(new OrganizationSettings
        {
            Usernames = new UsernameSettings { Unique = false, MinLength = 2, MaxLength = 9, Hold = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) },
            Pictures = new PictureSettings { Upload = false, ChangesPerDay = 1 },
            Attributes = new AttributeSettings { RequiredPrefix = "x_" },
            RateLimits = new RateLimits { Read = new RateLimit { Requests = 1, Window = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) } },
        }));
    }

    private static TestCaseData Mask(string name, string path, string expected) =>
        new TestCaseData(path, expected).SetArgDisplayNames(name);

    private static OrganizationSettings EverySetting()
    {
        var limit = new RateLimit { Requests = 7, Window = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)) };
        return new OrganizationSettings
        {
            Usernames = new UsernameSettings
            {
                Unique = false,
                MinLength = 3,
                MaxLength = 20,
                Pattern = "[a-z]+",
                Lookalikes = LookalikePolicy.Strict,
                Hold = Duration.FromTimeSpan(TimeSpan.FromDays(1)),
                RenamesPerDay = 0,
            },
            Attributes = new AttributeSettings
            {
                RequiredPrefix = "ext_",
                Definitions = { new AttributeDefinition { Name = "ext_tier", MaxLength = 10, Pattern = "gold|silver" }, new AttributeDefinition { Name = "ext_note" } },
            },
            Pictures = new PictureSettings { Upload = false, ChangesPerDay = 0, KeepOriginals = true },
            RateLimits = new RateLimits { Read = limit, Write = limit, Batch = limit, Administration = limit },
        };
    }

    private async Task<System.Text.Json.Nodes.JsonNode> PatchAsync(string json)
    {
        var answer = await RestAsync("PATCH", Path, SharedServer.AdministratorToken, json);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
        return answer.Json!["organization"]!;
    }

    private async Task<UpdateOrganizationResponse> UpdateAsync(UpdateOrganizationRequest request)
    {
        request.OrganizationId = Organization;
        return await Organizations.UpdateOrganizationAsync(request, AsAdministrator);
    }
}
