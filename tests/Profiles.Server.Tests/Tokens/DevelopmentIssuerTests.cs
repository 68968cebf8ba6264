using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Profiles.Core.Identity;
using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

[UnsupportedOSPlatform("windows")]
public class DevelopmentIssuerTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly OrganizationId Demo = OrganizationId.Parse("demo");
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly string[] ReadAndWrite = ["profiles.read", "profiles.write"];

    private readonly FakeClock clock = new();
    private string folder = "";

    private string KeyFile => DevelopmentKeyFile.PathIn(folder);

    [SetUp]
    public void Make_folder() => folder = Directory.CreateTempSubdirectory("profiles-test-").FullName;

    [TearDown]
    public void Delete_folder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Its_tokens_are_taken()
    {
        using var issuer = DevelopmentIssuer.OpenOrCreate(folder, clock);
        var caller = new TokenValidator([issuer.Trust], clock)
            .Validate(issuer.Issue(Demo, Alice, ReadAndWrite, TimeSpan.FromHours(1)));

        Assert.That(caller.Organization, Is.EqualTo(Demo));
        Assert.That(caller.Subject, Is.EqualTo("alice"));
        Assert.That(caller.Permissions, Is.EquivalentTo(ReadAndWrite));
        Assert.That(caller.OwnProfile.User, Is.EqualTo(Alice));
    }

    [Test]
    public void Its_tokens_are_not_taken_without_it()
    {
        using var issuer = DevelopmentIssuer.OpenOrCreate(folder, clock);
        var token = issuer.Issue(Demo, Alice, [], TimeSpan.FromHours(1));
        Assert.That(TestIssuer.Validator().Check(token).Fault, Is.EqualTo(TokenFault.Issuer));
    }

    [Test]
    public void Its_tokens_have_the_expected_content()
    {
        using var issuer = DevelopmentIssuer.OpenOrCreate(folder, clock);
        clock.Now = clock.Now.AddMilliseconds(700);
        var parts = issuer.Issue(Demo, Alice, [], TimeSpan.FromHours(1)).Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;

        Assert.That((string?)header["kid"], Has.Length.EqualTo(43));
        Assert.That(issuer.Trust.Keys.Current!.Find((string)header["kid"]!), Is.Not.Null);
        Assert.That(payload.AsObject().Select(claim => claim.Key), Is.EqualTo(["iss", "aud", "sub", "org", "iat", "exp"]));
        Assert.That((long?)payload["iat"], Is.EqualTo(clock.Now.ToUnixTimeSeconds()));
        Assert.That((long?)payload["exp"], Is.EqualTo(clock.Now.ToUnixTimeSeconds() + 3600));
    }

    [Test]
    public void Its_tokens_expire()
    {
        using var issuer = DevelopmentIssuer.OpenOrCreate(folder, clock);
        var validator = new TokenValidator([issuer.Trust], clock);
        var token = issuer.Issue(Demo, Alice, [], TimeSpan.FromSeconds(1));
        clock.Now = clock.Now.AddSeconds(61);
        Assert.That(validator.Check(token, out _), Is.EqualTo(TokenFault.Expired));
    }

    [Test]
    public void Key_file_is_the_owners_alone()
    {
        using var issuer = DevelopmentIssuer.OpenOrCreate(folder, clock);
        Assert.That(File.GetUnixFileMode(KeyFile), Is.EqualTo(OwnerOnly));
        Assert.That(File.GetUnixFileMode(Path.GetDirectoryName(KeyFile)!), Is.EqualTo(OwnerOnly | UnixFileMode.UserExecute));
        Assert.That(
            File.ReadAllText(KeyFile),
            Does.StartWith("-----BEGIN PRIVATE KEY-----\n").And.EndWith("-----END PRIVATE KEY-----\n"));
    }

    [Test]
    public void Another_process_issues_with_the_same_key()
    {
        using var server = DevelopmentIssuer.OpenOrCreate(folder, clock);
        using var command = DevelopmentIssuer.Open(folder, clock);
        using var again = DevelopmentIssuer.OpenOrCreate(folder, clock);
        var validator = new TokenValidator([server.Trust], clock);

        Assert.That(validator.Check(command.Issue(Demo, Alice, [], TimeSpan.FromHours(1)), out _), Is.EqualTo(TokenFault.None));
        Assert.That(validator.Check(again.Issue(Demo, Alice, [], TimeSpan.FromHours(1)), out _), Is.EqualTo(TokenFault.None));
    }

    [Test]
    public async Task Key_is_made_once_however_many_start_at_once()
    {
        const int starters = 8;
        for (var round = 0; round < 10; round++)
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, $"{round}")).FullName;
            using var start = new Barrier(starters);

            string KeyId()
            {
                start.SignalAndWait();
                using var issuer = DevelopmentIssuer.OpenOrCreate(data, clock);
                return issuer.Issue(Demo, Alice, [], TimeSpan.FromHours(1)).Split('.')[0];
            }

            var ids = await Task.WhenAll(Enumerable.Range(0, starters).Select(_ =>
                Task.Factory.StartNew(KeyId, default, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
                .WaitAsync(TimeSpan.FromSeconds(60));
            Assert.That(ids.Distinct().ToArray(), Has.Length.EqualTo(1));
            Assert.That(Directory.GetFileSystemEntries(data), Has.Length.EqualTo(1), "Drafts are left.");
        }
    }

    [Test]
    public void Command_without_a_server_before_it_is_told() => Assert.That(
        () => DevelopmentIssuer.Open(folder, clock),
        Throws.TypeOf<TokenSetupException>().With.Message.Contains(KeyFile).And.Message.Contains("does not exist"));

    [TestCase(UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.OtherWrite)]
    public void Key_that_others_reach_is_refused(UnixFileMode mode)
    {
        DevelopmentIssuer.OpenOrCreate(folder, clock).Dispose();
        File.SetUnixFileMode(KeyFile, OwnerOnly | mode);
        Assert.That(
            () => DevelopmentIssuer.OpenOrCreate(folder, clock),
            Throws.TypeOf<TokenSetupException>().With.Message.Contains("can be read by others"));
    }

    private static IEnumerable<TestCaseData> BrokenKeys()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var koblitz = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
        var pem = key.ExportPkcs8PrivateKeyPem();
        yield return new TestCaseData("").SetName("Broken key: empty");
        yield return new TestCaseData(pem[..100]).SetName("Broken key: half");
        yield return new TestCaseData(pem.Remove(60, 4)).SetName("Broken key: bytes missing");
        yield return new TestCaseData(key.ExportSubjectPublicKeyInfoPem()).SetName("Broken key: public");
        yield return new TestCaseData(larger.ExportPkcs8PrivateKeyPem()).SetName("Broken key: P-384");
        yield return new TestCaseData(koblitz.ExportPkcs8PrivateKeyPem()).SetName("Broken key: another curve of 256 bits");
        yield return new TestCaseData(TestIssuer.RsaKey.ExportPkcs8PrivateKeyPem()).SetName("Broken key: RSA");
        yield return new TestCaseData($"{pem}\n{pem}").SetName("Broken key: two");
        yield return new TestCaseData(pem + new string('\n', 20_000)).SetName("Broken key: too large");
    }

    [TestCaseSource(nameof(BrokenKeys))]
    public void Broken_key_is_refused_and_kept(string content)
    {
        DevelopmentIssuer.OpenOrCreate(folder, clock).Dispose();
        File.WriteAllText(KeyFile, content);
        Assert.That(
            () => DevelopmentIssuer.OpenOrCreate(folder, clock),
            Throws.TypeOf<TokenSetupException>().With.Message.Contains("holds no private key on P-256"));
        Assert.That(File.ReadAllText(KeyFile), Is.EqualTo(content));
    }

    [Test]
    public void Folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Combine(folder, "development-issuer"), "in the way");
        Assert.That(
            () => DevelopmentIssuer.OpenOrCreate(folder, clock),
            Throws.TypeOf<TokenSetupException>().With.Message.Contains("cannot be made"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase((366 * 24 * 3600) + 1)]
    public void Lifetime_has_limits(int seconds)
    {
        using var issuer = DevelopmentIssuer.OpenOrCreate(folder, clock);
        Assert.That(() => issuer.Issue(Demo, Alice, [], TimeSpan.FromSeconds(seconds)), Throws.TypeOf<TokenSetupException>());
    }

    [TestCase(1, "")]
    [TestCase(1, "profiles.read profiles.write")]
    [TestCase(1, "pröfiles")]
    [TestCase(65, "p")]
    [TestCase(64, "a-name-of-100-characters-is-within-the-limit-of-names-and-yet-64-of-them-are-too-many-for-a-token-xx")]
    public void Permissions_have_limits(int count, string name)
    {
        using var issuer = DevelopmentIssuer.OpenOrCreate(folder, clock);
        Assert.That(
            () => issuer.Issue(Demo, Alice, [.. Enumerable.Repeat(name, count)], TimeSpan.FromHours(1)),
            Throws.TypeOf<TokenSetupException>());
    }
}
