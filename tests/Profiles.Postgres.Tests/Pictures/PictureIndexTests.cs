using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Core.Patches;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Pictures;

/// <summary>Which pictures there are, and what becomes of those that nobody has.</summary>
public class PictureIndexTests
{
    private static readonly OrganizationId Acme = OrganizationId.Parse("acme");
    private static readonly byte[] Square = [1, 2, 3];

    private static int count;

    private ServiceProvider services = null!;
    private PicturePlaces places = null!;

    private IPictureIndex Index => services.GetRequiredService<IPictureIndex>();

    private IProfileStore Profiles => services.GetRequiredService<IProfileStore>();

    // A database of its own: what is collected is collected in all organizations.
    [SetUp]
    public async Task CreateDatabaseAsync()
    {
        services = TestDatabase.ServicesOn(await (await TestDatabase.GetAsync()).CreateDatabaseAsync($"pictures_{Interlocked.Increment(ref count)}"));
        await services.GetRequiredService<Migrator>().MigrateAsync(default);
        places = new PicturePlaces(services.GetServices<IPictureFiles>(), PicturePlace.Database);
    }

    [TearDown]
    public async Task CloseConnectionsAsync() => await services.DisposeAsync();

    [Test]
    public async Task What_nobody_has_is_gone_after_a_day_and_not_before()
    {
        var (unused, used) = (await AddAsync(1), await AddAsync(2));
        await SetAsync("alice", used);

        await CollectAsync(TimeSpan.FromHours(23));
        Assert.That((await IsThereAsync(unused), await IsThereAsync(used)), Is.EqualTo((true, true)));

        await CollectAsync(TimeSpan.FromHours(25));
        Assert.That((await IsThereAsync(unused), await IsThereAsync(used)), Is.EqualTo((false, true)));
        // Who has read where it is may still read it for a while.
        Assert.That(await CountFilesAsync(), Is.EqualTo(6));
        await CollectAsync(TimeSpan.FromHours(26));
        Assert.That(await CountFilesAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task The_day_begins_when_the_last_profile_gives_it_up()
    {
        var picture = await AddAsync(1);
        await SetAsync("alice", picture);
        await SetAsync("bob", picture);
        await SetAsync("alice", picture: null, TimeSpan.FromHours(30));
        await CollectAsync(TimeSpan.FromHours(60));
        Assert.That(await IsThereAsync(picture));

        await SetAsync("bob", picture: null, TimeSpan.FromHours(61));
        await CollectAsync(TimeSpan.FromHours(84));
        Assert.That(await IsThereAsync(picture));
        await CollectAsync(TimeSpan.FromHours(86));
        Assert.That(await IsThereAsync(picture), Is.False);
    }

    [Test]
    public async Task Files_that_were_announced_and_never_claimed_are_removed()
    {
        var files = new PictureFileSet(Acme, Guid.CreateVersion7());
        var announcement = new PictureAnnouncement(
            new ProfileKey(Acme, UserId.Parse("alice")), Id(7), IsLimited: true, files, PicturePlace.Database, Write.Noon, Write.Noon + PictureLibrary.Grace);
        Assert.That((await Index.AdmitAsync(announcement, default)).Exists, Is.False);
        await places.ForNew.WriteAsync(new PictureFile(files, 512), Square, default);

        await CollectAsync(TimeSpan.FromHours(23));
        Assert.That(await CountFilesAsync(), Is.EqualTo(1));
        await CollectAsync(TimeSpan.FromHours(25));
        Assert.That(await CountFilesAsync(), Is.Zero);
    }

    [Test]
    public async Task Of_two_who_add_one_picture_at_once_the_files_of_one_stay()
    {
        await AddAsync(1);
        var twice = await AddAsync(1);

        await CollectAsync(TimeSpan.FromHours(25), TimeSpan.FromHours(26));

        Assert.That(await IsThereAsync(twice), Is.False);
        Assert.That(await CountFilesAsync(), Is.Zero);
    }

    [Test]
    public async Task Nobody_gets_a_picture_that_is_not_there()
    {
        var outcome = await WriteAsync("alice", Id(9), TimeSpan.Zero);

        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.PictureMissing));
        Assert.That(await Profiles.GetAsync(new ProfileKey(Acme, UserId.Parse("alice")), default), Is.Null);
        Assert.That(await CountAsync("profiles"), Is.Zero);
    }

    [Test]
    public async Task Pictures_move_to_another_place_and_are_served_all_the_while()
    {
        var folder = new MemoryFiles();
        var both = new PicturePlaces([.. services.GetServices<IPictureFiles>(), folder], PicturePlace.Database);
        var (first, second) = (await AddAsync(1), await AddAsync(2, hasOriginal: true));
        await SetAsync("alice", first);
        await SetAsync("bob", second);

        var (moved, incomplete) = await new PictureMove(Index, both, TimeProvider.System).MoveAsync(PicturePlace.Folder, default);

        Assert.That((moved, incomplete, folder.Files.Count), Is.EqualTo((2, 0, 7)));
        var location = await Index.FindAsync(new PictureKey(Acme, second), 128, default);
        Assert.That((location!.Place, location.Content), Is.EqualTo((PicturePlace.Folder, (ReadOnlyMemory<byte>?)null)));
        Assert.That((await folder.ReadAsync(new PictureFile(location.Files, 128), default))!.Value.ToArray(), Is.EqualTo(Square));
        Assert.That(await new PictureMove(Index, both, TimeProvider.System).MoveAsync(PicturePlace.Folder, default), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_picture_whose_files_are_lost_is_not_moved()
    {
        await AddAsync(1);
        await ExecuteAsync("DELETE FROM picture_files WHERE size = 128");
        var both = new PicturePlaces([.. services.GetServices<IPictureFiles>(), new MemoryFiles()], PicturePlace.Database);

        Assert.That(await new PictureMove(Index, both, TimeProvider.System).MoveAsync(PicturePlace.Folder, default), Is.EqualTo((0, 1)));
        Assert.That((await Index.FindAsync(new PictureKey(Acme, Id(1)), 512, default))!.Place, Is.EqualTo(PicturePlace.Database));
    }

    [Test]
    public async Task A_deleted_organization_has_its_files_elsewhere_removed()
    {
        var store = services.GetRequiredService<IOrganizationStore>();
        await ExecuteAsync("INSERT INTO organizations (organization_id, revision, change_id, changed_fields, created_at, changed_at, deleted_at, display_name, settings) VALUES ('acme', 2, gen_random_uuid(), '{}', now(), now(), '2026-01-01 11:00Z', '', '{}')");
        await AddAsync(1);
        await ExecuteAsync("UPDATE pictures SET place = 2");

        Assert.That(await store.RemoveDeletedAsync(Write.Noon, default), Is.Empty);
        Assert.That((await CountAsync("pictures"), (await Index.ListAbandonedAsync(Write.Noon, 10, default)).Count), Is.EqualTo((0L, 1)));

        foreach (var files in await Index.ListAbandonedAsync(Write.Noon, 10, default))
            await Index.ForgetAsync(files.Files, default);
        Assert.That(await store.RemoveDeletedAsync(Write.Noon, default), Is.EqualTo(new[] { Acme }));
    }

    private async Task<PictureId> AddAsync(int number, bool hasOriginal = false)
    {
        var files = new PictureFileSet(Acme, Guid.CreateVersion7());
        await Index.AnnounceAsync(files, PicturePlace.Database, Write.Noon + PictureLibrary.Grace, default);
        foreach (var size in hasOriginal ? [.. PictureSize.All, PictureFile.Original] : PictureSize.All)
            await places.ForNew.WriteAsync(new PictureFile(files, size), Square, default);
        await Index.AddAsync(new PictureKey(Acme, Id(number)), files, PicturePlace.Database, hasOriginal, Write.Noon, default);
        return Id(number);
    }

    private async Task SetAsync(string user, PictureId? picture, TimeSpan after = default) =>
        Assert.That((await WriteAsync(user, picture, after)).Kind, Is.EqualTo(WriteOutcomeKind.Written));

    private async Task<WriteOutcome> WriteAsync(string user, PictureId? picture, TimeSpan after)
    {
        var patch = picture is { } id ? ProfilePatchBuilder.ForPicture(id) : ProfilePatchBuilder.WithoutPicture();
        var write = new ProfileWrite(UserId.Parse(user), patch, Write.Context(precondition: null, request: null, Write.Noon + after));
        return (await Profiles.WriteAsync(Acme, [write], default))[0];
    }

    private async Task CollectAsync(params TimeSpan[] times)
    {
        foreach (var time in times)
            await new PictureRemoval(Index, places, new FixedClock(Write.Noon + time)).RemoveAsync(default);
    }

    private async Task<bool> IsThereAsync(PictureId picture) => await Index.FindAsync(new PictureKey(Acme, picture), 512, default) is not null;

    private Task<long> CountFilesAsync() => CountAsync("picture_files");

    private async Task<long> CountAsync(string table)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static PictureId Id(int number) =>
        PictureId.TryParse(number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture), out var id) ? id : throw new InvalidOperationException();

    private sealed class FixedClock(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(now, TimeSpan.Zero);
    }

    private sealed class MemoryFiles : IPictureFiles
    {
        public Dictionary<PictureFile, byte[]> Files { get; } = [];

        public PicturePlace Place => PicturePlace.Folder;

        public Task WriteAsync(PictureFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            Files.Add(file, content.ToArray());
            return Task.CompletedTask;
        }

        public Task<ReadOnlyMemory<byte>?> ReadAsync(PictureFile file, CancellationToken cancellationToken) =>
            Task.FromResult(Files.TryGetValue(file, out var content) ? (ReadOnlyMemory<byte>?)content : null);

        public Task DeleteAsync(PictureFileSet files, CancellationToken cancellationToken) => Task.CompletedTask;

        public Uri? AddressOf(PictureFile file) => null;
    }
}
