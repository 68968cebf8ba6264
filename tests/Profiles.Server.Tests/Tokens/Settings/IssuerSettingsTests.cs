using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Core.Access;
using Profiles.Server.Tests.Tokens.Keys;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Settings;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens.Settings;

public class IssuerSettingsTests
{
    private string folder = "";

    private string KeysFile => Path.Combine(folder, "keys.json");

    private string CaFile => Path.Combine(folder, "ca.pem");

    [SetUp]
    public void Write_files()
    {
        folder = Directory.CreateTempSubdirectory("profiles-test-").FullName;
        var key = EcJwk("ec", EcKey.ExportParameters(false).Q);
        File.WriteAllText(KeysFile, $$"""{"keys":[{{key}}]}""");
        File.WriteAllText(Path.Combine(folder, "none.json"), """{"keys":[]}""");
        using var authority = new TestAuthority();
        File.WriteAllText(CaFile, authority.Certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    }

    [TearDown]
    public void Delete_files() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Single_issuer_needs_no_number()
    {
        var issuer = Read(("Issuer", Name), ("KeysFile", KeysFile)).Single();
        Assert.That(issuer.Name, Is.EqualTo(Name));
        Assert.That(issuer.Audience, Is.EqualTo("profiles"));
        Assert.That(FaultOf(issuer, Es256()), Is.EqualTo(TokenFault.None));
    }

    [Test]
    public void Several_issuers_are_trusted()
    {
        var issuers = Read(
            ("Issuer", "https://a.example"),
            ("Issuers:0:Issuer", "https://b.example"),
            ("Issuers:0:Audience", "b"),
            ("Issuers:0:KeysAddress", "https://b.example/keys"),
            ("Issuers:2:Issuer", "c"),
            ("Issuers:2:Discovery", "https://c.example/description"),
            ("Issuers:2:CaFile", CaFile),
            ("Issuers:main:Issuer", "d"),
            ("Issuers:main:KeysFile", KeysFile));
        Assert.That(issuers.Select(issuer => issuer.Name), Is.EqualTo(["https://a.example", "https://b.example", "c", "d"]));
        Assert.That(issuers.Select(issuer => issuer.Audience), Is.EqualTo(["profiles", "b", "profiles", "profiles"]));
        Assert.That(issuers.Select(issuer => issuer.Keys.Current?.Count), Is.EqualTo(new int?[] { null, null, null, 1 }));
    }

    [Test]
    public void Audience_of_the_settings_is_demanded()
    {
        var issuer = Read(("Issuer", Name), ("KeysFile", KeysFile), ("Audience", "other")).Single();
        Assert.That(FaultOf(issuer, Es256()), Is.EqualTo(TokenFault.Audience));
        Assert.That(FaultOf(issuer, WithClaim("aud", "\"other\"")), Is.EqualTo(TokenFault.None));
    }

    [Test]
    public void Claims_of_the_settings_are_read()
    {
        var issuer = Read(
            ("Issuer", Name), ("KeysFile", KeysFile),
            ("Claims:Organization", "https://a.example/org"),
            ("Claims:User", "preferred_username"),
            ("Claims:Permissions", "scp"),
            ("Claims:Roles", "realm_access.roles"),
            ("Roles:support agent", "profiles.read"),
            ("Roles:realm:root", "platform.admin profiles.write"),
            ("Platform", "on")).Single();
        var payload = $$"""
            {
              "iss": "{{Name}}", "aud": "profiles", "exp": {{Seconds(60)}}, "https://a.example/org": "acme", "preferred_username": "bob",
              "scp": "a b", "realm_access": { "roles": ["support agent", "realm:root", "other"] }
            }
            """;

        var caller = new TokenValidator([issuer], Clock).Validate(Es256(payload: payload));

        Assert.That((caller.Organization.Value, caller.Subject), Is.EqualTo(("acme", "bob")));
        Assert.That(
            caller.Permissions, Is.EquivalentTo(["a", "b", "profiles.read", "profiles.write", Permissions.PlatformAdmin]));
    }

    [Test]
    public void Roles_are_looked_for_in_the_claim_roles()
    {
        var issuer = Read(("Issuer", Name), ("KeysFile", KeysFile), ("Roles:reader", "profiles.read")).Single();
        var caller = new TokenValidator([issuer], Clock).Validate(WithClaim("roles", "[\"reader\"]"));
        Assert.That(caller.Permissions, Is.EqualTo(["profiles.read"]));
    }

    [Test]
    public void Organizations_of_the_settings_are_demanded()
    {
        var issuer = Read(("Issuer", Name), ("KeysFile", KeysFile), ("Organizations", "acme  demo")).Single();
        Assert.That(FaultOf(issuer, Es256()), Is.EqualTo(TokenFault.None));
        Assert.That(FaultOf(issuer, WithClaim("org", "\"beta\"")), Is.EqualTo(TokenFault.OrganizationNotAllowed));
    }

    [Test]
    public void Organization_of_the_settings_is_that_of_all()
    {
        var issuer = Read(("Issuer", Name), ("KeysFile", KeysFile), ("Organization", "acme")).Single();
        Assert.That(new TokenValidator([issuer], Clock).Validate(WithClaim("org", null)).Organization.Value, Is.EqualTo("acme"));
    }

    [Test]
    public void Platform_is_off_unless_set([Values(null, "", "off", "on")] string? platform)
    {
        var issuer = Read(("Issuer", Name), ("KeysFile", KeysFile), ("Platform", platform)).Single();
        Assert.That(issuer.Claims.IsPlatform, Is.EqualTo(platform == "on"));
    }

    [Test]
    public void Without_settings_there_is_no_issuer()
    {
        Assert.That(Read(), Is.Empty);
        Assert.That(Read(("Issuer", ""), ("KeysFile", ""), ("Claims:User", "")), Is.Empty);
    }

    // settings beside a good issuer, separated by a semicolon each ("{0}" is the folder of files), what the message says
    [TestCase("Issuer=", "Tokens:Issuer (environment: Tokens__Issuer) is not set")]
    [TestCase("Issuer=https://a.example ", "Tokens:Issuer (environment: Tokens__Issuer) must have 1–255 characters")]
    [TestCase("Issuer=a\nb", "Tokens:Issuer (environment: Tokens__Issuer) must have")]
    [TestCase("Issuer=https://profiles.localhost/development", "Tokens:Issuer (environment: Tokens__Issuer) is the name")]
    [TestCase("Issuer=a;KeysFile=", "Tokens:Issuer (environment: Tokens__Issuer) must be an https address")]
    [TestCase("Issuer=http://a.example;KeysFile=", "Tokens:Issuer (environment: Tokens__Issuer) must be an https address")]
    [TestCase("Audience=a b", "Tokens:Audience (environment: Tokens__Audience) must have")]
    [TestCase("KeysFile={0}/missing", "Tokens:KeysFile (environment: Tokens__KeysFile) names")]
    [TestCase("KeysFile=/", "which cannot be read")]
    [TestCase("KeysFile=/dev/zero", "which is larger than 256 KiB.")]
    [TestCase("KeysFile=/dev/null", "which is not a JSON object")]
    [TestCase("KeysFile={0}/none.json", "none.json', which has no key that verifies ES256 or RS256 and is named by a 'kid'.")]
    [TestCase("KeysAddress=https://a.example", "Tokens:KeysAddress (environment: Tokens__KeysAddress) is set, and so is KeysFile")]
    [TestCase("Discovery=https://a.example", "Tokens:Discovery (environment: Tokens__Discovery) is set, and so is KeysFile")]
    [TestCase("KeysFile=;KeysAddress=https://a.example;Discovery=https://a.example", "Tokens:Discovery")]
    [TestCase("KeysFile=;KeysAddress=http://a.example/keys", "Tokens:KeysAddress (environment: Tokens__KeysAddress) must be an https")]
    [TestCase("KeysFile=;Discovery=a.example", "Tokens:Discovery (environment: Tokens__Discovery) must be an https address")]
    [TestCase("CaFile={0}/ca.pem", "Tokens:CaFile (environment: Tokens__CaFile) is set, and so is KeysFile")]
    [TestCase("KeysFile=;CaFile={0}/missing", "Tokens:CaFile (environment: Tokens__CaFile) names")]
    [TestCase("KeysFile=;CaFile={0}/keys.json", "keys.json', which has no certificate in PEM.")]
    [TestCase("KeysFile=;CaFile={0}/broken.pem", "broken.pem', which has a broken certificate.")]
    [TestCase("Organization=a b", "Tokens:Organization (environment: Tokens__Organization) must have 1–64 characters")]
    [TestCase("Organization=a;Claims:Organization=org", "Tokens:Claims:Organization (environment: Tokens__Claims__Organization) is set")]
    [TestCase("Organization=a;Organizations=a", "Tokens:Organizations (environment: Tokens__Organizations) is set, and so is")]
    [TestCase("Organizations=", "Tokens:Organizations (environment: Tokens__Organizations) must name organizations")]
    [TestCase("Organizations= ", "Tokens:Organizations")]
    [TestCase("Organizations=a,b", "Tokens:Organizations")]
    [TestCase("Organizations=a a", "Tokens:Organizations")]
    [TestCase("Organizations:0=a", "Tokens:Organizations (environment: Tokens__Organizations) must have one value")]
    [TestCase("Claims=org", "Tokens:Claims (environment: Tokens__Claims) must have settings below it")]
    [TestCase("Claims:Organization=a..b", "Tokens:Claims:Organization (environment: Tokens__Claims__Organization) must name a claim")]
    [TestCase("Claims:User=/a~", "Tokens:Claims:User")]
    [TestCase("Claims:Permissions=a.", "Tokens:Claims:Permissions")]
    [TestCase("Claims:Roles=.a;Roles:a=profiles.read", "Tokens:Claims:Roles")]
    [TestCase("Claims:Roles=roles", "Tokens:Claims:Roles (environment: Tokens__Claims__Roles) is set, but Roles is not")]
    [TestCase("Claims:Subject=a", "There is no setting Tokens:Claims:Subject; Tokens:Claims has Organization, User, Permissions, Roles.")]
    [TestCase("Roles=a", "Tokens:Roles (environment: Tokens__Roles) must have settings below it")]
    [TestCase("Roles:a=", "Tokens:Roles:a (environment: Tokens__Roles__a) must name permissions")]
    [TestCase("Roles:a= ", "Tokens:Roles:a")]
    [TestCase("Roles:a=profiles.reed", "separated by spaces; there are audit.read, credentials.read,")]
    [TestCase("Roles:a=profiles.read,profiles.write", "Tokens:Roles:a")]
    [TestCase("Roles:a:b=platform.admin", "Tokens:Roles:a:b (environment: Tokens__Roles__a__b) has platform.admin")]
    [TestCase("Roles:a=profiles.read platform.admin;Platform=off", "takes the setting Platform=on.")]
    [TestCase("Platform=true", "Tokens:Platform (environment: Tokens__Platform) must be 'on' or 'off'.")]
    [TestCase("KeyFile=a", "There is no setting Tokens:KeyFile; Tokens has Issuer, Audience, KeysFile,")]
    [TestCase("Issuers=https://a.example", "Tokens:Issuers (environment: Tokens__Issuers) must have settings below it")]
    [TestCase("Issuers:0=https://a.example", "Tokens:Issuers:0:Issuer (environment: Tokens__Issuers__0__Issuer) is not set")]
    [TestCase("Issuers:0:KeysFile={0}/keys.json", "Tokens:Issuers:0:Issuer (environment: Tokens__Issuers__0__Issuer) is not set")]
    [TestCase("Issuers:0:Issuer=https://issuer.example/", "Tokens:Issuers:0:Issuer (environment: Tokens__Issuers__0__Issuer) names an")]
    [TestCase("Issuers:1:Issuer=a;Issuers:1:Issuers=b", "There is no setting Tokens:Issuers:1:Issuers;")]
    [TestCase("Issuers:1:Issuer=a;Issuers:1:Roles:x=", "Tokens:Issuers:1:")]
    public void Wrong_setting_is_named(string wrong, string message)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Issuer"] = Name, ["KeysFile"] = KeysFile };
        foreach (var setting in wrong.Replace("{0}", folder, StringComparison.Ordinal).Split(';'))
            settings[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        Assert.That(
            () => Read([.. settings.Select(setting => (setting.Key, setting.Value))]),
            Throws.TypeOf<TokenSetupException>().With.Message.Contains(message).And.Message.EndsWith("."));
    }

    [Test]
    public void Name_of_256_characters_is_too_long() => Assert.That(
        () => Read(("Issuer", new string('a', 256)), ("KeysFile", KeysFile)), Throws.TypeOf<TokenSetupException>());

    [Test]
    public void There_may_be_100_issuers()
    {
        (string, string?)[] settings = [.. Enumerable.Range(0, 101).Select(number => ($"Issuers:{number}:Issuer", $"https://{number}.example"))!];
        Assert.That(Read(settings[..100]), Has.Count.EqualTo(100));
        Assert.That(() => Read(settings), Throws.TypeOf<TokenSetupException>().With.Message.Contains("is one too many"));
    }

    private static TokenFault FaultOf(TrustedIssuer issuer, string token) => new TokenValidator([issuer], Clock).Check(token).Fault;

    private static IReadOnlyList<TrustedIssuer> Read(params (string Name, string? Value)[] settings) => IssuerSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Value is not null)
                .Select(setting => KeyValuePair.Create($"Tokens:{setting.Name}", setting.Value)))
            .Build(),
        Clock,
        NullLoggerFactory.Instance);
}
