using Microsoft.Extensions.Configuration;
using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

public class TrustedIssuerOptionsTests
{
    private string folder = "";

    private string KeysFile => Path.Combine(folder, "keys.json");

    [SetUp]
    public void Write_keys()
    {
        folder = Directory.CreateTempSubdirectory("profiles-test-").FullName;
        var key = TestIssuer.EcJwk("ec", TestIssuer.EcKey.ExportParameters(false).Q);
        File.WriteAllText(KeysFile, $$"""{"keys":[{{key}}]}""");
    }

    [TearDown]
    public void Delete_keys() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Issuer_of_the_settings_is_trusted()
    {
        var issuer = Read(("Issuer", TestIssuer.Name), ("KeysFile", KeysFile)).Load()!;
        Assert.That(issuer.Name, Is.EqualTo(TestIssuer.Name));
        Assert.That(issuer.Audience, Is.EqualTo("profiles"));
        Assert.That(new TokenValidator([issuer], TestIssuer.Clock).Check(TestIssuer.Es256(), out _), Is.EqualTo(TokenFault.None));
    }

    [Test]
    public void Audience_of_the_settings_is_demanded()
    {
        var issuer = Read(("Issuer", TestIssuer.Name), ("KeysFile", KeysFile), ("Audience", "other")).Load()!;
        var validator = new TokenValidator([issuer], TestIssuer.Clock);
        Assert.That(validator.Check(TestIssuer.Es256(), out _), Is.EqualTo(TokenFault.Audience));
        Assert.That(validator.Check(TestIssuer.WithClaim("aud", "\"other\""), out _), Is.EqualTo(TokenFault.None));
    }

    [Test]
    public void Without_settings_there_is_no_issuer()
    {
        Assert.That(Read().Load(), Is.Null);
        Assert.That(Read(("Issuer", ""), ("KeysFile", "")).Load(), Is.Null);
    }

    // issuer, audience, keys file ("{0}" is the good one), what the message says
    [TestCase("https://a.example", null, null, "Tokens:KeysFile (environment: Tokens__KeysFile) is not set")]
    [TestCase(null, null, "{0}", "Tokens:Issuer (environment: Tokens__Issuer) is not set")]
    [TestCase("https://a.example ", null, "{0}", "Tokens:Issuer (environment: Tokens__Issuer) must have 1–255 characters")]
    [TestCase("a\nb", null, "{0}", "Tokens:Issuer")]
    [TestCase("https://a.example", "a b", "{0}", "Tokens:Audience (environment: Tokens__Audience) must have")]
    [TestCase("https://profiles.localhost/development", null, "{0}", "Tokens:Issuer (environment: Tokens__Issuer) is the name")]
    [TestCase("https://a.example", null, "{0}.missing", "Tokens:KeysFile (environment: Tokens__KeysFile) names")]
    [TestCase("https://a.example", null, "/", "which cannot be read")]
    [TestCase("https://a.example", null, "/dev/zero", "which is larger than 256 KiB.")]
    [TestCase("https://a.example", null, "/dev/null", "which is not a JSON object")]
    public void Wrong_setting_is_named(string? issuer, string? audience, string? keysFile, string message)
    {
        var options = Read(
            ("Issuer", issuer),
            ("Audience", audience),
            ("KeysFile", keysFile?.Replace("{0}", KeysFile, StringComparison.Ordinal)));
        Assert.That(options.Load, Throws.TypeOf<TokenSetupException>().With.Message.Contains(message).And.Message.EndsWith("."));
    }

    [Test]
    public void Name_of_256_characters_is_too_long() => Assert.That(
        Read(("Issuer", new string('a', 256)), ("KeysFile", KeysFile)).Load, Throws.TypeOf<TokenSetupException>());

    [Test]
    public void Setting_that_does_not_exist_is_named() => Assert.That(
        () => Read(("KeyFile", KeysFile)),
        Throws.TypeOf<TokenSetupException>().With.Message.StartsWith("There is no setting Tokens:KeyFile;"));

    private static TrustedIssuerOptions Read(params (string Name, string? Value)[] settings) => TrustedIssuerOptions.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Value is not null)
                .Select(setting => KeyValuePair.Create($"Tokens:{setting.Name}", setting.Value)))
            .Build());
}
