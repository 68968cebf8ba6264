using System.Collections.Concurrent;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>Sends calls of all kinds to few users that everybody writes to, and to many. What it sends follows from the seed.</summary>
/// <param name="number">Tells it from the others.</param>
/// <param name="seed">Where its choices come from.</param>
/// <param name="servers">The servers. It calls any of them.</param>
/// <param name="log">Where its calls are recorded.</param>
internal sealed class Caller(int number, int seed, IReadOnlyList<Destination> servers, CallLog log)
{
    public const string Poison = "poison";

    /// <summary>A write of this name meets conflicts in the database.</summary>
    public const string Conflict = "conflict";

    private const int FewUsers = 4;
    private const int ManyUsers = 64;

    private static readonly string[] Names = ["north", "south", "east", "west", "up", "down"];

    private readonly Random random = new((seed * 1000) + number);
    private readonly ConcurrentDictionary<string, Profile> seen = new(StringComparer.Ordinal);
    private int calls;

    private Destination AnyServer => servers[random.Next(servers.Count)];

    /// <summary>Makes one call after the other.</summary>
    public async Task RunAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await CallAsync(AnyUser());
    }

    private Task CallAsync(string user) => random.Next(100) switch
    {
        < 25 => WriteAsync(user, new Profile { Nickname = Mark() }, "nickname"),
        < 33 => WriteAsync(user, new Profile { Attributes = { [AnyKey()] = Mark() } }),
        < 39 => WriteAsync(user, new Profile { Location = random.Next(2) == 0 ? "here" : "there" }, "location"),
        < 51 => WriteGuardedAsync(user),
        < 63 => WriteRepeatedlyAsync(user),
        < 73 => WriteAsync(user, new Profile { Nickname = Mark(), PreferredUsername = AnyOf(Names) }, "nickname", "preferred_username"),
        < 75 => WriteAsync(user, new Profile { Nickname = Mark() }, "nickname", "preferred_username"),
        < 79 => WriteAsync(user, new Profile { Nickname = Mark() }, "nickname", $"attributes.{AnyKey()}"),
        < 82 => WriteExistingAsync(user),
        < 84 => log.DeleteAsync(AnyServer, new Attempt(NewId(), user, AttemptKind.Delete), AnyHaste()),
        < 87 => WriteAsync(user, new Profile { Nickname = Poison }, "nickname"),
        < 90 => WriteAsync(user, new Profile { Nickname = $"{Conflict} {Mark()}" }, "nickname"),
        < 94 => WriteManyAsync(),
        _ => ReadAsync(user, AnyHaste()),
    };

    private async Task WriteAsync(string user, Profile profile, params string[] paths)
    {
        if (paths.Length == 0)
            paths = [.. profile.Attributes.Keys.Select(key => $"attributes.{key}")];
        await SendAsync(Write(user, profile, paths));
    }

    // Guarded by the state that the caller saw last, as somebody edits a form.
    private async Task WriteGuardedAsync(string user)
    {
        if (!seen.ContainsKey(user) || random.Next(2) == 0)
            await ReadAsync(user, default);
        if (!seen.TryGetValue(user, out var known))
            return;
        var attempt = Write(user, new Profile { Nickname = Mark(), Etag = known.Etag }, "nickname");
        await SendAsync(attempt with { Guard = known.Revision });
    }

    // A request of one id, sent up to three times: at once or one after the other.
    private async Task WriteRepeatedlyAsync(string user)
    {
        var attempt = Write(user, new Profile { Nickname = Mark() }, "nickname");
        attempt.Change!.RequestId = new Guid(number, (short)calls, 0, new byte[8]).ToString();
        var repeats = Enumerable.Range(0, random.Next(1, 4)).Select(_ => attempt with { Id = NewId() }).ToList();
        if (random.Next(2) == 0)
        {
            await Task.WhenAll(repeats.ConvertAll(SendAsync));
            return;
        }

        foreach (var repeat in repeats)
            await SendAsync(repeat);
    }

    private async Task WriteExistingAsync(string user)
    {
        var attempt = Write(user, new Profile { Nickname = Mark() }, "nickname");
        attempt.Change!.MustExist = true;
        await SendAsync(attempt);
    }

    private Task WriteManyAsync()
    {
        var id = NewId();
        var users = Enumerable.Range(0, 4).Select(_ => AnyUser()).Distinct();
        var batch = users.Select(user => Write(user, new Profile { Nickname = Mark() }, "nickname") with { Id = id }).ToList();
        return log.WriteManyAsync(AnyServer, batch, AnyHaste());
    }

    private async Task ReadAsync(string user, Haste haste)
    {
        var attempt = new Attempt(NewId(), user, AttemptKind.Read);
        await log.ReadAsync(AnyServer, attempt, haste);
        Remember(attempt);
    }

    private async Task SendAsync(Attempt attempt)
    {
        await log.WriteAsync(AnyServer, attempt, AnyHaste());
        Remember(attempt);
    }

    private Attempt Write(string user, Profile profile, params string[] paths)
    {
        var change = new SetProfileRequest { UserId = user, Profile = profile, UpdateMask = new FieldMask { Paths = { paths } } };
        return new Attempt(NewId(), user, profile.Nickname == Poison ? AttemptKind.Poison : AttemptKind.Write) { Change = change };
    }

    private void Remember(Attempt attempt)
    {
        if (attempt.Profile is { } profile)
            seen[attempt.User] = profile;
    }

    private Haste AnyHaste() => random.Next(12) switch
    {
        0 => new Haste(GivesUpAfter: TimeSpan.FromMilliseconds(random.Next(6)), Deadline: null),
        1 => new Haste(GivesUpAfter: null, Deadline: TimeSpan.FromMilliseconds(random.Next(1, 12))),
        _ => default,
    };

    private string AnyUser() => random.Next(2) == 0
        ? Invariant($"few-{random.Next(FewUsers)}")
        : Invariant($"many-{random.Next(ManyUsers)}");

    private string AnyKey() => Invariant($"key{random.Next(3)}");

    private string AnyOf(string[] texts) => texts[random.Next(texts.Length)];

    // Every write is told from every other one by what it writes.
    private string Mark() => Invariant($"mark {number} {calls}");

    private string NewId() => Invariant($"call-{number}-{++calls}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
