using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Claims;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens.Claims;

/// <summary>What an issuer's claims mean, when the settings say so.</summary>
public class IssuerClaimTests
{
    private static readonly Dictionary<string, string[]> Table = new(StringComparer.Ordinal)
    {
        ["reader"] = ["profiles.read"],
        ["Profile Admin"] = ["profiles.read", "profiles.write"],
        ["realm:root"] = ["platform.admin"],
    };

    [Test]
    public void Claims_of_other_names_are_read()
    {
        var rules = new ClaimRules { Organization = At("company.id"), User = At("https://a.example/user"), Permissions = At("scp") };
        var payload = With(With(With(Payload, "company", """{"id":"acme"}"""), "https://a.example/user", "\"bob\""), "scp",
            """["profiles.read"]""");

        var caller = Read(rules, payload).Caller!;

        Assert.That((caller.Organization.Value, caller.Subject), Is.EqualTo(("acme", "bob")));
        Assert.That(caller.Permissions, Is.EqualTo(["profiles.read"]));
    }

    [TestCase("company", null, TokenFault.Organization)]
    [TestCase("company", "\"acme\"", TokenFault.Organization)]
    [TestCase("company", """{"id":["acme"]}""", TokenFault.Organization)]
    [TestCase("company", """[{"id":"acme"}]""", TokenFault.Organization)]
    [TestCase("uid", null, TokenFault.Subject)]
    [TestCase("uid", "7", TokenFault.Subject)]
    [TestCase("scp", "1", TokenFault.Permissions)]
    [TestCase("scp", "{}", TokenFault.Permissions)]
    [TestCase("scp", "null", TokenFault.Permissions)]
    [TestCase("scp", "[1]", TokenFault.Permissions)]
    [TestCase("scp", "\"a  b\"", TokenFault.Permissions)]
    [TestCase("groups", "1", TokenFault.Permissions)]
    [TestCase("groups", "{}", TokenFault.Permissions)]
    [TestCase("groups", "null", TokenFault.Permissions)]
    [TestCase("groups", "[\"reader\",1]", TokenFault.Permissions)]
    [TestCase("groups", "[[\"reader\"]]", TokenFault.Permissions)]
    [TestCase("groups", "[\"\\ud800\"]", TokenFault.Permissions)]
    public void Claim_of_the_wrong_type_refuses_the_token(string claim, string? value, object fault)
    {
        var rules = new ClaimRules
        {
            Organization = At("company.id"), User = At("uid"), Permissions = At("scp"), Roles = new(At("groups"), Table),
        };
        var good = With(With(Payload, "company", """{"id":"acme"}"""), "uid", "\"bob\"");

        Assert.That(Read(rules, good).Fault, Is.EqualTo(TokenFault.None));
        Assert.That(Read(rules, With(good, claim, value)).Fault, Is.EqualTo(fault));
    }

    [TestCase("\"profiles.read profiles.write\"", "profiles.read profiles.write")]
    [TestCase("""["profiles.read","profiles.write"]""", "profiles.read profiles.write")]
    [TestCase("\"\"", "")]
    [TestCase("[]", "")]
    [TestCase(null, "")]
    public void Permissions_of_a_claim_in_the_settings_are_an_array_or_a_text(string? value, string names)
    {
        // The claims that are read otherwise mean nothing then.
        var payload = With(With(With(Payload, "scp", value), "permissions", "[\"x\"]"), "scope", "1");
        var caller = Read(new ClaimRules { Permissions = At("scp") }, payload).Caller!;
        Assert.That(caller.Permissions, Is.EquivalentTo(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    // the claim realm_access, the permissions
    [TestCase("""{"roles":["reader"]}""", "profiles.read")]
    [TestCase("""{"roles":["reader","Profile Admin"]}""", "profiles.read profiles.write")]
    [TestCase("""{"roles":["offline_access","reader",""]}""", "profiles.read")]
    [TestCase("""{"roles":"Profile Admin"}""", "profiles.read profiles.write")]
    [TestCase("""{"roles":["Reader","READER","reader ","profiles.read"]}""", "")]
    [TestCase("""{"roles":[]}""", "")]
    [TestCase("{}", "")]
    [TestCase("[]", "")]
    [TestCase(null, "")]
    public void Roles_permit_what_the_table_says(string? value, string names)
    {
        var rules = new ClaimRules { Roles = new(At("realm_access.roles"), Table) };
        var caller = Read(rules, With(Payload, "realm_access", value)).Caller!;
        Assert.That(caller.Permissions, Is.EquivalentTo(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void Roles_add_to_permissions()
    {
        var rules = new ClaimRules { Roles = new(At("roles"), Table) };
        var payload = With(With(Payload, "roles", "[\"reader\"]"), "scope", "\"openid profiles.write\"");
        Assert.That(Read(rules, payload).Caller!.Permissions, Is.EquivalentTo(["openid", "profiles.write", "profiles.read"]));
    }

    [Test]
    public void Many_roles_are_taken()
    {
        var roles = string.Join(',', Enumerable.Range(0, 500).Select(number => $"\"r{number}\""));
        var rules = new ClaimRules { Roles = new(At("roles"), Table) };
        Assert.That(Read(rules, With(Payload, "roles", $"[{roles},\"reader\"]")).Caller!.Permissions, Is.EqualTo(["profiles.read"]));
    }

    [TestCase("permissions", """["profiles.read","platform.admin"]""")]
    [TestCase("scope", "\"platform.admin profiles.read\"")]
    public void Permission_of_the_platform_is_dropped_unless_the_issuer_may_grant_it(string claim, string value)
    {
        var payload = With(Payload, claim, value);
        Assert.That(Read(new ClaimRules(), payload).Caller!.Permissions, Is.EqualTo(["profiles.read"]));
        Assert.That(
            Read(new ClaimRules { IsPlatform = true }, payload).Caller!.Permissions,
            Is.EquivalentTo(["profiles.read", Permissions.PlatformAdmin]));
    }

    [Test]
    public void Role_of_the_platform_is_dropped_too([Values] bool isPlatform)
    {
        var rules = new ClaimRules { Roles = new(At("roles"), Table), IsPlatform = isPlatform };
        var caller = Read(rules, With(Payload, "roles", "[\"realm:root\"]")).Caller!;
        Assert.That(caller.Permissions.Contains(Permissions.PlatformAdmin), Is.EqualTo(isPlatform));
    }

    [TestCase(null)]
    [TestCase("\"other\"")]
    [TestCase("{}")]
    public void Fixed_organization_is_that_of_every_token(string? claim)
    {
        var rules = new ClaimRules { FixedOrganization = OrganizationId.Parse("acme") };
        Assert.That(Read(rules, With(Payload, "org", claim)).Caller!.Organization.Value, Is.EqualTo("acme"));
    }

    [TestCase("acme", TokenFault.None)]
    [TestCase("beta", TokenFault.None)]
    [TestCase("demo", TokenFault.OrganizationNotAllowed)]
    [TestCase("Acme", TokenFault.OrganizationNotAllowed)]
    [TestCase("acme ", TokenFault.Organization)]
    public void Issuer_speaks_for_its_organizations_only(string organization, object fault)
    {
        var rules = new ClaimRules { Organizations = [OrganizationId.Parse("acme"), OrganizationId.Parse("beta")] };
        Assert.That(Read(rules, With(Payload, "org", $"\"{organization}\"")).Fault, Is.EqualTo(fault));
    }

    private static ClaimPath At(string path) => ClaimPath.TryParse(path)!;

    private static TokenCheck Read(ClaimRules rules, string payload) =>
        new TokenValidator([Trust(Name, [EcPublicKey("ec", EcKey)], rules)], Clock).Check(Es256(payload: payload));
}
