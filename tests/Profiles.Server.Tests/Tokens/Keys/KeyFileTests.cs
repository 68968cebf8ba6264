using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Claims;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>A file of keys is read again, however it changes.</summary>
public class KeyFileTests
{
    private readonly IssuerKey first = new("first");
    private readonly IssuerKey second = new("second");
    private FakeClock clock = null!;
    private LogRecorder log = null!;

    private string folder = "";
    private TokenValidator validator = null!;

    private string KeysFile => Path.Combine(folder, "keys.json");

    [SetUp]
    public void Write_keys()
    {
        (clock, log) = (new FakeClock(), new LogRecorder());
        folder = Directory.CreateTempSubdirectory("profiles-test-").FullName;
        File.WriteAllText(KeysFile, IssuerKey.Set(first));
        var keys = new RefreshedKeys(TestIssuer.Name, new KeyFile(KeysFile), clock, log);
        keys.StartWith(File.ReadAllBytes(KeysFile));
        validator = new TokenValidator([new(TestIssuer.Name, "profiles", keys, ClaimRules.Default)], clock);
    }

    [TearDown]
    public void Delete_keys() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Keys_of_the_start_are_there_at_once()
    {
        Assert.That(validator.Check(first.Token()).Fault, Is.EqualTo(TokenFault.None));
        Assert.That(await validator.FaultOfAsync(second.Token()), Is.EqualTo(TokenFault.KeyUnknown));
    }

    [Test]
    public async Task Written_anew_with_the_same_size_and_time()
    {
        var time = File.GetLastWriteTimeUtc(KeysFile);
        File.WriteAllText(KeysFile, IssuerKey.Set(new IssuerKey("fifth")));
        File.SetLastWriteTimeUtc(KeysFile, time);
        await AssertReadAgainAsync(first.Token(), TokenFault.KeyUnknown);
    }

    [Test]
    public async Task Put_in_place_by_a_rename()
    {
        File.WriteAllText(KeysFile + ".new", IssuerKey.Set(first, second));
        File.Move(KeysFile + ".new", KeysFile, overwrite: true);
        await AssertReadAgainAsync(second.Token(), TokenFault.None);
    }

    [Test]
    public async Task Exchanged_behind_a_symbolic_link()
    {
        foreach (var (name, keys) in new[] { ("one", IssuerKey.Set(first)), ("two", IssuerKey.Set(first, second)) })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            File.WriteAllText(Path.Combine(folder, name, "keys.json"), keys);
        }
        File.Delete(KeysFile);
        var data = Path.Combine(folder, "data");
        Directory.CreateSymbolicLink(data, "one");
        File.CreateSymbolicLink(KeysFile, "data/keys.json");
        await AssertReadAgainAsync(second.Token(), TokenFault.KeyUnknown);

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "two");
        await AssertReadAgainAsync(second.Token(), TokenFault.None);
    }

    [Test]
    public async Task Gone_or_half_written_leaves_the_keys_at_hand()
    {
        File.Delete(KeysFile);
        await AssertReadAgainAsync(second.Token(), TokenFault.KeysUnavailable);
        File.WriteAllText(KeysFile, IssuerKey.Set(first, second)[..50]);
        await AssertReadAgainAsync(second.Token(), TokenFault.KeysUnavailable);
        File.WriteAllText(KeysFile, IssuerKey.Set(first) + new string(' ', JsonWebKeySet.MaxBytes));
        await AssertReadAgainAsync(second.Token(), TokenFault.KeysUnavailable);
        Assert.That(validator.Check(first.Token()).Fault, Is.EqualTo(TokenFault.None));

        File.WriteAllText(KeysFile, IssuerKey.Set(first, second));
        await AssertReadAgainAsync(second.Token(), TokenFault.None);
        Assert.That(log.Ids, Is.EqualTo([1062, 1060]));
        Assert.That(log.Entries.First().Message, Does.Contain(KeysFile));
    }

    private async Task AssertReadAgainAsync(string token, TokenFault fault)
    {
        clock.Advance(KeySchedule.Local.Least);
        // Its key is unknown, or becomes known here.
        await validator.FaultOfAsync(second.Token());
        Assert.That(await validator.FaultOfAsync(token), Is.EqualTo(fault));
    }
}
