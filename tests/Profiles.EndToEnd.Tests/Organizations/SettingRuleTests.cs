using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Organizations;

/// <summary>Every limit of every setting, with values at the edges.</summary>
internal sealed class SettingRuleTests : ProfilesTest
{
    private static readonly string LongPattern = new('a', 512);

    private static readonly string ManyDefinitions = string.Join(',', Enumerable.Range(0, 64).Select(i => $$"""{"name":"a{{i}}"}"""));

    private static TestCaseData[] Bad() =>
    [
        Case("usernames.min_length", """{"usernames":{"minLength":0}}"""),
        Case("usernames.min_length", """{"usernames":{"minLength":129}}"""),
        Case("usernames.min_length", """{"usernames":{"minLength":5,"maxLength":4}}"""),
        Case("usernames.min_length", """{"usernames":{"minLength":65}}"""),
        Case("usernames.max_length", """{"usernames":{"maxLength":0}}"""),
        Case("usernames.max_length", """{"usernames":{"maxLength":129}}"""),
        Case("usernames.pattern", Pattern(LongPattern + "a")),
        Case("usernames.pattern", """{"usernames":{"pattern":"("}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"a)|(b"}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"(a)\\1"}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"(?=a)a"}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"(?<!a)b"}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"(?>a+)b"}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"((a{1000}){1000}){1000}"}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"(?x)a # b"}}"""),
        Case("usernames.pattern", """{"usernames":{"pattern":"a\u0000b"}}"""),
        Case("usernames.lookalikes", """{"usernames":{"lookalikes":9}}"""),
        Case("usernames.hold", """{"usernames":{"hold":"-1s"}}"""),
        Case("usernames.hold", """{"usernames":{"hold":"31536001s"}}"""),
        Case("usernames.hold", """{"usernames":{"hold":"1.5s"}}"""),
        Case("usernames.renames_per_day", """{"usernames":{"renamesPerDay":-1}}"""),
        Case("usernames.renames_per_day", """{"usernames":{"renamesPerDay":1001}}"""),
        Case("attributes.definitions", Attributes("definitions", $"[{ManyDefinitions},{{\"name\":\"b\"}}]")),
        Case("attributes.definitions[0].name", """{"attributes":{"definitions":[{"name":""}]}}"""),
        Case("attributes.definitions[0].name", """{"attributes":{"definitions":[{"maxLength":5}]}}"""),
        Case("attributes.definitions[1].name", """{"attributes":{"definitions":[{"name":"a"},{"name":"b-c"}]}}"""),
        Case("attributes.definitions[1].name", """{"attributes":{"definitions":[{"name":"a"},{"name":"a"}]}}"""),
        Case("attributes.definitions[1].name", """{"attributes":{"requiredPrefix":"x_","definitions":[{"name":"x_a"},{"name":"a"}]}}"""),
        Case("attributes.definitions[0].max_length", """{"attributes":{"definitions":[{"name":"a","maxLength":0}]}}"""),
        Case("attributes.definitions[0].max_length", """{"attributes":{"definitions":[{"name":"a","maxLength":1025}]}}"""),
        Case("attributes.definitions[0].pattern", """{"attributes":{"definitions":[{"name":"a","pattern":"["}]}}"""),
        Case("attributes.required_prefix", """{"attributes":{"requiredPrefix":"a-"}}"""),
        Case("attributes.required_prefix", Attributes("requiredPrefix", $"\"{new string('a', 33)}\"")),
        Case("pictures.changes_per_day", """{"pictures":{"changesPerDay":-1}}"""),
        Case("pictures.changes_per_day", """{"pictures":{"changesPerDay":1001}}"""),
        Case("rate_limits.read.requests", """{"rateLimits":{"read":{"window":"1s"}}}"""),
        Case("rate_limits.read.requests", """{"rateLimits":{"read":{"requests":0,"window":"1s"}}}"""),
        Case("rate_limits.write.requests", """{"rateLimits":{"write":{"requests":1000001,"window":"1s"}}}"""),
        Case("rate_limits.batch.window", """{"rateLimits":{"batch":{"requests":1}}}"""),
        Case("rate_limits.batch.window", """{"rateLimits":{"batch":{"requests":1,"window":"0s"}}}"""),
        Case("rate_limits.administration.window", """{"rateLimits":{"administration":{"requests":1,"window":"86401s"}}}"""),
        Case("rate_limits.administration.window", """{"rateLimits":{"administration":{"requests":1,"window":"1.5s"}}}"""),
    ];

    private static TestCaseData[] Good() =>
    [
        Case("edges below", """{"usernames":{"minLength":1,"maxLength":1,"hold":"0s","renamesPerDay":0},"pictures":{"changesPerDay":0}}"""),
        Case("edges above", """{"usernames":{"minLength":128,"maxLength":128,"hold":"31536000s","renamesPerDay":1000},"pictures":{"changesPerDay":1000}}"""),
        Case("a long pattern", Pattern(LongPattern)),
        Case("patterns", """{"usernames":{"pattern":"(?i)[\\p{L}\\d_]{1,64}|admin-[0-9]+"},"attributes":{"definitions":[{"name":"a","maxLength":1,"pattern":"^x$"}]}}"""),
        Case("64 definitions", Attributes("definitions", $"[{ManyDefinitions}]")),
        Case("a long prefix", Attributes("requiredPrefix", $"\"{new string('a', 32)}\"")),
        Case("allowances", """{"rateLimits":{"read":{"requests":1000000,"window":"86400s"},"write":{"requests":1,"window":"1s"}}}"""),
    ];

    [TestCaseSource(nameof(Bad))]
    public async Task A_bad_value_is_refused_and_the_field_is_named(string field, string settings)
    {
        var expected = (string[])[$"organization.settings.{field}"];
        var patched = await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$"""{"settings":{{settings}}}""");
        var created = await RestAsync(
            "POST", "/v1/organizations", SharedServer.AdministratorToken, $$"""{"organizationId":"{{SharedServer.NewOrganizationId()}}","settings":{{settings}}}""");

        Assert.That(patched.Status, Is.EqualTo(400), patched.Json?.ToString());
        Assert.That(patched.ViolatedFields, Is.EqualTo(expected));
        Assert.That(created.ViolatedFields, Is.EqualTo(expected));
        Assert.That(await RevisionAsync(), Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Good))]
    public async Task A_value_at_the_edge_is_taken(string name, string settings)
    {
        var answer = await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$"""{"settings":{{settings}}}""");

        Assert.That(answer.Status, Is.EqualTo(200), $"{name}: {answer.Json}");
        Assert.That(JsonNode.DeepEquals(answer.Json!["organization"]!["settings"], JsonNode.Parse(settings)), answer.Json.ToJsonString());
    }

    [TestCase("""{"usernames":{"minLength":10}}""", """{"usernames":{"maxLength":9}}""", "usernames.min_length")]
    [TestCase("""{"usernames":{"maxLength":9}}""", """{"usernames":{"minLength":10}}""", "usernames.min_length")]
    [TestCase("""{"usernames":{"minLength":70,"maxLength":80}}""", """{"usernames":{"maxLength":null}}""", "usernames.min_length")]
    [TestCase("""{"attributes":{"definitions":[{"name":"a"}]}}""", """{"attributes":{"requiredPrefix":"x_"}}""", "attributes.definitions[0].name")]
    [TestCase("""{"attributes":{"requiredPrefix":"x_"}}""", """{"attributes":{"definitions":[{"name":"x_a"},{"name":"a"}]}}""", "attributes.definitions[1].name")]
    public async Task A_change_must_fit_what_is_set_already(string first, string second, string field)
    {
        await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$"""{"settings":{{first}}}""");

        var answer = await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$"""{"settings":{{second}}}""");

        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])[$"organization.settings.{field}"]));
        Assert.That(await RevisionAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task All_that_is_wrong_is_named_at_once()
    {
        var answer = await RestAsync(
            "PATCH",
            $"/v1/organizations/{Organization}",
            SharedServer.AdministratorToken,
            """{"organizationId":"other","displayName":"LONG","settings":{"usernames":{"minLength":0},"rateLimits":{"read":{}}}}"""
                .Replace("LONG", new string('x', 201), StringComparison.Ordinal));

        Assert.That(answer.ViolatedFields, Is.EquivalentTo((string[])
        [
            "organization.organization_id", "organization.display_name", "organization.settings.usernames.min_length",
            "organization.settings.rate_limits.read.requests", "organization.settings.rate_limits.read.window",
        ]));
    }

    [TestCase("nonsense")]
    [TestCase("settings.")]
    [TestCase("settings.nonsense")]
    [TestCase("settings.usernames.nonsense")]
    [TestCase("settings.usernames.pattern.x")]
    [TestCase("settings.rate_limits.read.nonsense")]
    [TestCase("settings.attributes.definitions.name")]
    [TestCase("organization.settings")]
    public async Task A_mask_names_fields_of_the_organization(string path)
    {
        var failure = await RpcErrors.FailureOf(Organizations.UpdateOrganizationAsync(
            new UpdateOrganizationRequest { OrganizationId = Organization, Organization = new Organization(), UpdateMask = new FieldMask { Paths = { path } } },
            AsAdministrator));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["update_mask"]));
    }

    [Test]
    public async Task A_mask_has_at_most_128_paths()
    {
        var mask = new FieldMask { Paths = { Enumerable.Repeat("display_name", 129) } };

        var failure = await RpcErrors.FailureOf(Organizations.UpdateOrganizationAsync(
            new UpdateOrganizationRequest { OrganizationId = Organization, Organization = new Organization(), UpdateMask = mask }, AsAdministrator));

        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["update_mask"]));
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a/b")]
    [TestCase("ä")]
    [TestCase("a:b")]
    public async Task An_id_that_is_none_is_refused(string id)
    {
        var failure = await RpcErrors.FailureOf(Organizations.CreateOrganizationAsync(
            new CreateOrganizationRequest { Organization = new Organization { OrganizationId = id } }, AsAdministrator));
        var read = await RpcErrors.FailureOf(Organizations.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = id }, AsAdministrator));

        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["organization.organization_id"]));
        Assert.That(read.ViolatedFields(), Is.EqualTo((string[])["organization_id"]));
    }

    [Test]
    public async Task An_organization_is_required()
    {
        var created = await RpcErrors.FailureOf(Organizations.CreateOrganizationAsync(new CreateOrganizationRequest(), AsAdministrator));
        var updated = await RpcErrors.FailureOf(Organizations.UpdateOrganizationAsync(
            new UpdateOrganizationRequest { OrganizationId = Organization }, AsAdministrator));

        Assert.That(created.ViolatedFields(), Is.EqualTo((string[])["organization"]));
        Assert.That(updated.ViolatedFields(), Is.EqualTo((string[])["organization"]));
    }

    private static string Pattern(string pattern) => """{"usernames":{"pattern":"VALUE"}}""".Replace("VALUE", pattern, StringComparison.Ordinal);

    private static string Attributes(string name, string json) => $"{{\"attributes\":{{\"{name}\":{json}}}}}";

    private static TestCaseData Case(string name, string settings) =>
        new TestCaseData(name, settings).SetArgDisplayNames(name, settings.Length <= 80 ? settings : settings[..80]);

    private async Task<long> RevisionAsync() =>
        (await Organizations.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = Organization }, AsAdministrator)).Organization.Revision;
}
