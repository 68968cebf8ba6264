using Grpc.Core;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Usernames;

/// <summary>Many callers at once: one owner each, never a denied name in use, never a failure that is the service's own.</summary>
internal sealed class RaceTests : UsernameTest
{
    private const int Callers = 64;

    private static readonly StatusCode[] s_allowed = [StatusCode.OK, StatusCode.AlreadyExists, StatusCode.FailedPrecondition, StatusCode.ResourceExhausted];

    private UsernameService.UsernameServiceClient Usernames => new(Invoker);

    [TestCase("equal")]
    [TestCase("case")]
    [TestCase("look-alike")]
    public async Task Of_many_who_claim_a_name_one_gets_it(string kind)
    {
        const int rounds = 20;
        for (var round = 0; round < rounds; round++)
        {
            var names = Enumerable.Range(0, Callers).Select(i => Variant(kind, round, i)).ToList();
            var codes = await Task.WhenAll(names.Select((name, i) => ClaimAsync($"u{i}", name)));

            Assert.That(codes.Distinct(), Is.SubsetOf((StatusCode[])[StatusCode.OK, StatusCode.AlreadyExists]));
            Assert.That(codes.Count(code => code == StatusCode.OK), Is.EqualTo(1), $"{kind}, round {round}");
            var owners = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => NameOfAsync($"u{i}")));
            Assert.That(owners.Where((name, i) => name == names[i]).Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Claims_and_changes_of_the_denylist_never_leave_a_denied_name_in_use()
    {
        string[] names = ["coco", "\u0441\u043e\u0441\u043e", "COCO", "other", "bob", "\u0432\u043e\u0432"];
        var options = As(SharedServer.Mint.Mint(Organization, "moderator", "usernames.read", "usernames.write"));
        for (var round = 0; round < 10; round++)
        {
            var claims = Enumerable.Range(0, 24).Select(i => ClaimAsync($"u{i}", names[i % names.Length]));
            var deny = CodeOfAsync(Usernames.DenyUsernamesAsync(
                new DenyUsernamesRequest { Usernames = { ["coco"] = $"moved{round}", ["\u0432\u043e\u0432"] = $"renamed{round}" } }, options));
            var replace = CodeOfAsync(Usernames.ReplaceDenylistAsync(new ReplaceDenylistRequest { Usernames = { "bob", "other" } }, options));
            var allow = CodeOfAsync(Usernames.AllowUsernamesAsync(new AllowUsernamesRequest { Usernames = { "other" } }, options));
            var codes = await Task.WhenAll([.. claims, deny, replace, allow]);
            Assert.That(codes.Distinct(), Is.SubsetOf(s_allowed));

            var denied = (await Usernames.ListDeniedUsernamesAsync(new ListDeniedUsernamesRequest(), options)).Usernames;
            foreach (var name in denied)
            {
                // Nobody has it: it is not in use, and nor are its look-alikes.
                var check = await Usernames.CheckUsernameAsync(new CheckUsernameRequest { Username = name }, options);
                Assert.That(check.State, Is.EqualTo(UsernameState.Denied));
            }

            var held = (await Task.WhenAll(Enumerable.Range(0, 24).Select(i => NameOfAsync($"u{i}")))).OfType<string>().Select(Plain).ToList();
            Assert.That(held, Is.Unique);
            Assert.That(held.Intersect(denied.Select(Plain)), Is.Empty);
            await CodeOfAsync(Usernames.ReplaceDenylistAsync(new ReplaceDenylistRequest(), options));
        }
    }

    // What the names of this test are alike by.
    private static string Plain(string name) => name.ToLowerInvariant()
        .Replace('\u0441', 'c').Replace('\u043e', 'o').Replace('\u0432', 'b');

    private static string Variant(string kind, int round, int caller) =>
        kind switch
        {
            "case" => string.Concat($"abcdef{Letters(round)}".Select((c, i) => (caller >> i) % 2 == 1 ? char.ToUpperInvariant(c) : c)),
            // The same in Latin and in Cyrillic letters.
            "look-alike" => caller % 2 == 0 ? $"coco{round}" : $"\u0441\u043e\u0441\u043e{round}",
            _ => $"name{round}",
        };

    private static string Letters(int round) => new((char)('a' + round), 2);

    private Task<StatusCode> ClaimAsync(string user, string name) => CodeOfAsync(Grpc.SetProfileAsync(
        new SetProfileRequest { UserId = user, Profile = new Profile { PreferredUsername = name } }, AsServer));

    private static async Task<StatusCode> CodeOfAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
