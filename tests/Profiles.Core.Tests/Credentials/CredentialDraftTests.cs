using Profiles.Core.Access;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using static Profiles.Core.Tests.Support.Failures;

namespace Profiles.Core.Tests.Credentials;

[TestFixture]
public class CredentialDraftTests
{
    private static readonly DateTime s_now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static readonly string s_session = ApiKeyText.Create(ApiKeyType.Session);

    [Test]
    public void A_server_s_key_has_the_permissions_about_records_unless_it_says_otherwise()
    {
        Assert.That(new ApiKeyDraft { Type = ApiKeyType.Administrative }.Check(s_now, Grantor.Operator).Permissions, Is.EqualTo(Permissions.OfServers));
        Assert.That(
            new ApiKeyDraft { Type = ApiKeyType.Administrative, Permissions = ["audit.read", "audit.read"] }.Check(s_now, Grantor.Operator).Permissions,
            Is.EqualTo(new[] { "audit.read" }));
    }

    [TestCase("profiles.read profiles.write audit.read", ExpectedResult = "profiles.read profiles.write", TestName = "What its maker has of them")]
    [TestCase("usernames.write", ExpectedResult = "usernames.write", TestName = "The one that its maker has")]
    [TestCase("audit.read", ExpectedResult = "profiles.read profiles.write usernames.read usernames.write", TestName = "All, to be refused, where its maker has none")]
    public string A_credential_has_by_default(string held)
    {
        var maker = Grantor.Operator with { Permissions = held.Split(' ') };
        return string.Join(' ', new ApiKeyDraft { Type = ApiKeyType.Administrative }.Check(s_now, maker).Permissions);
    }

    [Test]
    public void Keys_of_the_other_types_have_none()
    {
        Assert.That(new ApiKeyDraft { Type = ApiKeyType.Session, User = "alice" }.Check(s_now, Grantor.Operator).Permissions, Is.Empty);
        Assert.That(new ApiKeyDraft { Type = ApiKeyType.Public }.Check(s_now, Grantor.Operator).Permissions, Is.Empty);
    }

    private static TestCaseData[] WrongKeys() =>
    [
        Wrong(new ApiKeyDraft { Type = default }, "api_key.type must be session, public or administrative"),
        Wrong(new ApiKeyDraft { Type = (ApiKeyType)4 }, "api_key.type must be session, public or administrative"),
        Wrong(new ApiKeyDraft { Type = ApiKeyType.Session }, "api_key.user_id must name the user that the session key speaks for"),
        Wrong(new ApiKeyDraft { Type = ApiKeyType.Session, User = "a/b" }, "api_key.user_id must have 1–128 characters"),
        Wrong(new ApiKeyDraft { Type = ApiKeyType.Public, User = "alice" }, "api_key.user_id must be empty for a public key"),
        Wrong(new ApiKeyDraft { Type = ApiKeyType.Public, Permissions = ["profiles.read"] }, "api_key.permissions must be empty"),
        Wrong(new ApiKeyDraft { Type = ApiKeyType.Session, User = "alice", Permissions = ["profiles.read"] }, "api_key.permissions must be empty"),
        Wrong(Administrative with { Permissions = ["profiles.read", "profiles"] }, "api_key.permissions[1] must be one of audit.read, "),
        Wrong(Administrative with { Permissions = [.. Enumerable.Repeat("audit.read", 33)] }, "api_key.permissions must have at most 32 entries, yet has 33"),
        Wrong(Administrative with { DisplayName = new string('n', 201) }, "api_key.display_name must have at most 200 characters"),
        Wrong(Administrative with { DisplayName = "a\nb" }, "api_key.display_name must not have control characters"),
        Wrong(Administrative with { ExpireTime = s_now }, "api_key.expire_time must be in the future"),
        Wrong(Administrative with { ImportedText = "short" }, "imported_key must have 16–256 visible ASCII characters"),
        Wrong(Administrative with { ImportedText = "profiles_admin_damaged" }, "imported_key must have 16–256"),
        Wrong(Administrative with { ImportedText = s_session }, "imported_key must have 16–256"),
    ];

    [TestCaseSource(nameof(WrongKeys))]
    public void A_key_that_breaks_a_rule_is_refused(ApiKeyDraft draft, string violation) =>
        Assert.That(InvalidOf(() => draft.Check(s_now, Grantor.Operator)), Is.EqualTo(new[] { violation }).Using<string>((actual, start) => actual.StartsWith(start, StringComparison.Ordinal)));

    [Test]
    public void All_broken_rules_are_told_at_once() =>
        Assert.That(
            InvalidOf(() => new ApiKeyDraft { Type = ApiKeyType.Session, DisplayName = "\0", ExpireTime = s_now, ImportedText = "x" }.Check(s_now, Grantor.Operator)).Count(),
            Is.EqualTo(4));

    private static TestCaseData[] WrongApplications() =>
    [
        WrongApplication(new ApplicationDraft { FreshnessWindow = TimeSpan.FromSeconds(0.5) }, "application.freshness_window must be whole seconds"),
        WrongApplication(new ApplicationDraft { FreshnessWindow = TimeSpan.FromSeconds(1.5) }, "application.freshness_window must be whole seconds"),
        WrongApplication(new ApplicationDraft { FreshnessWindow = TimeSpan.FromDays(1.1) }, "application.freshness_window must be whole seconds"),
        WrongApplication(new ApplicationDraft { FreshnessWindow = TimeSpan.Zero }, "application.freshness_window must be whole seconds"),
        WrongApplication(new ApplicationDraft { RefuseReplays = true }, "application.freshness_window must be set with refuse_replays"),
        WrongApplication(new ApplicationDraft { Permissions = ["x"] }, "application.permissions[0] must be one of"),
        WrongApplication(new ApplicationDraft { DisplayName = "\u0001" }, "application.display_name must not have control characters"),
        WrongApplication(new ApplicationDraft { ImportedKey = "uwd1c0sxdlx2" }, "imported_app_key must come together with imported_app_secret"),
        WrongApplication(new ApplicationDraft { ImportedSecret = "y0icysjl4h3LWz" }, "imported_app_key must come together with imported_app_secret"),
        WrongApplication(new ApplicationDraft { ImportedKey = "short", ImportedSecret = "y0icysjl4h3LWz" }, "imported_app_key must have 8–64"),
        WrongApplication(new ApplicationDraft { ImportedKey = "uwd1c0sxdlx2", ImportedSecret = "with a space" }, "imported_app_secret must have 8–128"),
    ];

    [TestCaseSource(nameof(WrongApplications))]
    public void An_application_that_breaks_a_rule_is_refused(ApplicationDraft draft, string violation) =>
        Assert.That(InvalidOf(() => draft.Check(Grantor.Operator)), Is.EqualTo(new[] { violation }).Using<string>((actual, start) => actual.StartsWith(start, StringComparison.Ordinal)));

    [TestCase(1)]
    [TestCase(86400)]
    public void A_freshness_window_has_a_second_to_a_day(int seconds) =>
        Assert.That(
            new ApplicationDraft { FreshnessWindow = TimeSpan.FromSeconds(seconds), RefuseReplays = true }.Check(Grantor.Operator).FreshnessWindow,
            Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    private static ApiKeyDraft Administrative { get; } = new() { Type = ApiKeyType.Administrative };

    private static TestCaseData Wrong(ApiKeyDraft draft, string violation) => new TestCaseData(draft, violation).SetArgDisplayNames(violation);

    private static TestCaseData WrongApplication(ApplicationDraft draft, string violation) =>
        new TestCaseData(draft, violation).SetArgDisplayNames(violation);
}
