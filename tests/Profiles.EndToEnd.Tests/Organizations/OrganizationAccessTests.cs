using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Organizations;

/// <summary>Who reaches which organization: by the credential's own, and by the header <c>x-organization-id</c>.</summary>
internal sealed class OrganizationAccessTests : ProfilesTest
{
    private const string Header = "x-organization-id";

    private string other = string.Empty;

    [SetUp]
    public async Task CreateAnother() => other = await SharedServer.NewOrganizationAsync();

    // Method, path ({0} is the organization), body, and what it needs.
    private static readonly (string Method, string Path, string? Body, string Permission)[] Calls =
    [
        ("GET", "/v1/organizations/{0}", null, "organization.read"),
        ("PATCH", "/v1/organizations/{0}", """{"displayName":"x"}""", "organization.write"),
        ("DELETE", "/v1/organizations/{0}", null, "platform.admin"),
        ("GET", "/v1/organizations", null, "platform.admin"),
        ("POST", "/v1/organizations", """{"organizationId":"a b"}""", "platform.admin"),
        ("GET", "/v1/auditEvents", null, "audit.read"),
    ];

    private static readonly string[] EveryPermission =
    [
        "profiles.read", "profiles.write", "organization.read", "organization.write", "credentials.read", "credentials.write", "audit.read",
    ];

    private static IEnumerable<TestCaseData> CallsAndPermissions() =>
        from call in Calls
        from permission in EveryPermission.Append("platform.admin")
        select new TestCaseData(call.Method, call.Path, call.Body, call.Permission, permission).SetArgDisplayNames(call.Method, call.Path, permission);

    [TestCaseSource(nameof(CallsAndPermissions))]
    public async Task A_call_needs_its_permission_and_reaches_the_own_organization_only(
        string method, string path, string? body, string needed, string held)
    {
        var token = SharedServer.Mint.Mint(Organization, "backend", held);
        var isOpen = held == needed || held == "platform.admin";

        var onOther = await RestAsync(method, path.Replace("{0}", other, StringComparison.Ordinal), token, body);
        var onOwn = await RestAsync(method, path.Replace("{0}", Organization, StringComparison.Ordinal), token, body);

        var expected = method == "POST" ? 400 : 200;
        Assert.That(onOwn.Status, Is.EqualTo(isOpen ? expected : 403), onOwn.Json?.ToString());
        if (path.Contains('{'))
            Assert.That(onOther.Status, Is.EqualTo(held == "platform.admin" ? expected : 403));
        if (!isOpen)
            Assert.That(onOwn.Reason, Is.EqualTo("PERMISSION_MISSING"));
    }

    [TestCase("GET", null)]
    [TestCase("PATCH", """{"displayName":"x"}""")]
    public async Task Whether_another_organization_exists_is_not_told(string method, string? body)
    {
        var token = SharedServer.Mint.Mint(Organization, "backend", EveryPermission);
        var answers = new List<RestAnswer>();
        foreach (var name in (string[])[other, SharedServer.NewOrganizationId(), "a%20b", new string('x', 65)])
            answers.Add(await RestAsync(method, $"/v1/organizations/{name}", token, body));

        Assert.That(answers.Select(answer => (answer.Status, answer.Reason)).Distinct(), Is.EqualTo(((int, string?)[])[(403, "ORGANIZATION_FORBIDDEN")]));
        Assert.That(answers.Select(answer => answer.Json!.ToJsonString()).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_credential_of_an_organization_that_never_was_or_is_no_more_is_refused_alike()
    {
        await Organizations.DeleteOrganizationAsync(new DeleteOrganizationRequest { OrganizationId = other }, AsAdministrator);
        var answers = new List<(int, string?, string)>();
        foreach (var organization in (string[])[other, SharedServer.NewOrganizationId()])
        {
            foreach (var (method, path) in ((string, string)[])[("GET", MyProfile), ("GET", "/v1/profiles"), ("GET", "/v1/organizations"), ("GET", "/v1/auditEvents")])
            {
                var token = SharedServer.Mint.Mint(organization, "alice", [.. EveryPermission, "platform.admin"]);
                var answer = await RestAsync(method, path, token);
                answers.Add((answer.Status, answer.Reason, answer.Json!.ToJsonString()));
                var overGrpc = await RpcErrors.FailureOf(Grpc.GetMyProfileAsync(new GetMyProfileRequest(), As(token)));
                Assert.That((overGrpc.StatusCode, overGrpc.Reason()), Is.EqualTo((StatusCode.PermissionDenied, "ORGANIZATION_UNKNOWN")));
            }
        }

        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
        Assert.That(answers[0].Item1, Is.EqualTo(403));
        Assert.That(answers[0].Item2, Is.EqualTo("ORGANIZATION_UNKNOWN"));
    }

    [Test]
    public async Task The_header_may_repeat_the_own_organization_and_name_no_other()
    {
        await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = new Profile { Nickname = "Al" } }, AsServer);

        Assert.That((await RestAsync("GET", MyProfile, UserToken, (string?)null, (Header, Organization))).Status, Is.EqualTo(200));
        Assert.That((await Grpc.GetMyProfileAsync(new GetMyProfileRequest(), As(UserToken, (Header, Organization)))).Profile.Nickname, Is.EqualTo("Al"));
        foreach (var name in (string[])[other, SharedServer.NewOrganizationId(), "a b", Organization + ",", Organization.ToUpperInvariant(), "*"])
        {
            var overRest = await RestAsync("GET", MyProfile, UserToken, (string?)null, (Header, name));
            var overGrpc = await RpcErrors.FailureOf(Grpc.GetMyProfileAsync(new GetMyProfileRequest(), As(UserToken, (Header, name))));

            Assert.That((overRest.Status, overRest.Reason), Is.EqualTo((403, "ORGANIZATION_FORBIDDEN")), name);
            Assert.That((overGrpc.StatusCode, overGrpc.Reason()), Is.EqualTo((StatusCode.PermissionDenied, "ORGANIZATION_FORBIDDEN")), name);
        }
    }

    [Test]
    public async Task Two_headers_are_refused()
    {
        var failure = await RpcErrors.FailureOf(Grpc.GetMyProfileAsync(
            new GetMyProfileRequest(), As(UserToken, (Header, Organization), (Header, Organization))));

        Assert.That(failure.Reason(), Is.EqualTo("ORGANIZATION_FORBIDDEN"));
    }

    [Test]
    public async Task A_platform_administrator_acts_in_the_organization_that_the_header_names()
    {
        var administrator = SharedServer.AdministratorToken;

        var there = await RestAsync("GET", "/v1/auditEvents", administrator, (string?)null, (Header, other));
        var unknown = await RestAsync("GET", "/v1/auditEvents", administrator, (string?)null, (Header, SharedServer.NewOrganizationId()));
        var malformed = await RestAsync("GET", "/v1/auditEvents", administrator, (string?)null, (Header, "a b"));

        Assert.That(there.Json!["events"]!.AsArray().Single()!["resourceId"]!.GetValue<string>(), Is.EqualTo(other));
        Assert.That((unknown.Status, unknown.Reason), Is.EqualTo((403, "ORGANIZATION_UNKNOWN")));
        Assert.That((malformed.Status, malformed.Reason), Is.EqualTo((403, "ORGANIZATION_FORBIDDEN")));
    }

    [Test]
    public async Task A_platform_administrator_is_no_user_of_another_organization_and_opens_no_profile_by_itself()
    {
        await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "operator", Profile = new Profile { Nickname = "Al" } }, AsServer);

        var own = await RestAsync("GET", MyProfile, SharedServer.AdministratorToken, (string?)null, (Header, Organization));
        var profiles = await RestAsync("GET", "/v1/profiles/operator", SharedServer.AdministratorToken, (string?)null, (Header, Organization));
        var both = SharedServer.Mint.Mint("demo", "operator", "platform.admin", "profiles.read");
        var withPermission = await RestAsync("GET", "/v1/profiles/operator", both, (string?)null, (Header, Organization));

        Assert.That((own.Status, own.Reason), Is.EqualTo((403, "USER_REQUIRED")));
        Assert.That((profiles.Status, profiles.Reason), Is.EqualTo((403, "PERMISSION_MISSING")));
        Assert.That(withPermission.Status, Is.EqualTo(200));
    }
}
