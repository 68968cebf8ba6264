using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Operations;
using Profiles.Core.Patches;
using Profiles.Core.Pictures;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Core.Tests.Support;
using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Operations;

[TestFixture]
public class ProfileWriterTests
{
    private const string RequestId = "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988";

    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(2));
    private static readonly ProfilePatch s_patch = Step.Build([new FieldStep(ProfileField.GivenName, "Alice")]);

    private FakeProfileStore store = null!;
    private ProfileWriter writer = null!;

    [SetUp]
    public void Begin()
    {
        store = new FakeProfileStore();
        writer = new ProfileWriter(store, new FixedClock(s_now));
    }

    [TestCase(WriteOutcomeKind.Written)]
    [TestCase(WriteOutcomeKind.Unchanged)]
    public async Task Success_is_returned(WriteOutcomeKind kind)
    {
        store.Outcome = new WriteOutcome(kind, new ProfileRecord(Keys.Alice, 1, default, default, new ProfileValues()));

        Assert.That(await WriteAsync(WriteOptions.None), Is.SameAs(store.Outcome));
        Assert.That(await DeleteAsync(WriteOptions.None), Is.SameAs(store.Outcome));
    }

    [TestCase(WriteOutcomeKind.NotFound, ErrorReason.ProfileNotFound, null)]
    [TestCase(WriteOutcomeKind.StaleRevision, ErrorReason.StaleEtag, null)]
    [TestCase(WriteOutcomeKind.TooManyAttributes, ErrorReason.InvalidRequest, "profile.attributes")]
    [TestCase(WriteOutcomeKind.EmailKept, ErrorReason.EmailKept, "profile.email")]
    [TestCase(WriteOutcomeKind.RequestIdReused, ErrorReason.RequestIdReused, "request_id")]
    [TestCase(WriteOutcomeKind.OutcomeErased, ErrorReason.OutcomeErased, null)]
    public async Task A_refusal_becomes_its_failure(WriteOutcomeKind kind, ErrorReason reason, string? field)
    {
        store.Outcome = new WriteOutcome(kind);
        Func<Task>[] ways =
        [
            () => WriteAsync(WriteOptions.None),
            () => DeleteAsync(WriteOptions.None),
            () => Task.FromResult(ProfileWriter.Succeed(store.Outcome)),
        ];

        foreach (var way in ways)
        {
            var failure = await Failures.OfAsync(way);
            Assert.That(failure.Reason, Is.EqualTo(reason));
            Assert.That(failure.Violations.SingleOrDefault()?.Field, Is.EqualTo(field));
            Assert.That(failure.Message, Does.EndWith("."));
        }
    }

    [Test]
    public void Every_kind_of_outcome_is_a_success_or_has_its_failure()
    {
        WriteOutcomeKind[] others =
            [WriteOutcomeKind.Written, WriteOutcomeKind.Unchanged, WriteOutcomeKind.UsernameRefused, WriteOutcomeKind.PictureLimitReached];
        foreach (var kind in Enum.GetValues<WriteOutcomeKind>().Except(others))
            Assert.That(() => ProfileWriter.Succeed(new WriteOutcome(kind)), Throws.TypeOf<ProfilesException>(), kind.ToString());
        foreach (var kind in Enum.GetValues<UsernameRefusalKind>().Except([UsernameRefusalKind.Invalid]))
        {
            var outcome = new WriteOutcome(WriteOutcomeKind.UsernameRefused, Refusal: new UsernameRefusal(kind));
            Assert.That(() => ProfileWriter.Succeed(outcome), Throws.TypeOf<ProfilesException>(), kind.ToString());
        }

        var limited = new WriteOutcome(WriteOutcomeKind.PictureLimitReached, PictureLimit: new PictureLimit(Keys.Alice, 10, DateTime.UnixEpoch, NextAllowed: null));
        Assert.That(() => ProfileWriter.Succeed(limited), Throws.TypeOf<ProfilesException>());
        Assert.That(() => ProfileWriter.Succeed(new WriteOutcome((WriteOutcomeKind)99)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task A_write_brings_who_when_and_on_what_condition()
    {
        var options = new WriteOptions([Etag.Format(Keys.Alice, 3)], MustExist: true, RequestId);

        await WriteAsync(options);

        var write = store.Writes.Single();
        Assert.That(write.User, Is.EqualTo(Keys.Alice.User));
        Assert.That(write.Patch, Is.SameAs(s_patch));
        Assert.That(write.Context.Actor, Is.EqualTo(Keys.Server));
        Assert.That(write.Context.Time, Is.EqualTo(new DateTime(2026, 1, 31, 10, 0, 0, DateTimeKind.Utc)));
        Assert.That(write.Context.Time.Kind, Is.EqualTo(DateTimeKind.Utc));
        Assert.That(write.Context.Precondition.Revisions, Is.EqualTo(new[] { 3 }));
        Assert.That(write.Context.Precondition.MustExist, Is.True);
        Assert.That(write.Context.Request!.Id, Is.EqualTo(new Guid(RequestId)));
    }

    [Test]
    public async Task Without_a_request_id_nothing_is_kept_for_a_retry()
    {
        await WriteAsync(WriteOptions.None);
        await DeleteAsync(WriteOptions.None);

        Assert.That(store.Writes.Single().Context.Request, Is.Null);
        Assert.That(store.Deletions.Single().Context.Request, Is.Null);
    }

    [Test]
    public async Task Every_attempt_has_a_name_of_its_own_that_begins_with_the_time()
    {
        for (var i = 0; i < 100; i++)
            await WriteAsync(WriteOptions.None);

        var names = store.Writes.Select(write => write.Context.ChangeId).ToList();
        Assert.That(names, Is.Unique);
        Assert.That(names.Select(name => name.Version), Is.All.EqualTo(7));
        Assert.That(
            names.Select(name => name.ToString("N")[..12]), Is.All.EqualTo(s_now.ToUnixTimeMilliseconds().ToString("x12", null)));
    }

    [Test]
    public async Task A_retry_has_the_same_fingerprint_and_a_deletion_another()
    {
        var options = WriteOptions.None with { RequestId = RequestId };

        await WriteAsync(options);
        await WriteAsync(options);
        await DeleteAsync(options);

        var fingerprints = store.Writes.Select(write => write.Context.Request!.Fingerprint).ToList();
        Assert.That(fingerprints[1], Is.EqualTo(fingerprints[0]));
        Assert.That(store.Deletions.Single().Context.Request!.Fingerprint, Is.Not.EqualTo(fingerprints[0]));
    }

    [TestCase("x", "", "profile.etag", "etag")]
    [TestCase("", "x", "request_id", "request_id")]
    public async Task What_is_malformed_never_reaches_the_store(
        string etag, string requestId, string fieldOfWrite, string fieldOfDeletion)
    {
        var options = new WriteOptions(etag.Length == 0 ? [] : [etag], MustExist: false, requestId);

        Assert.That(
            (await Failures.OfAsync(() => WriteAsync(options))).Violations.Single().Field,
            Is.EqualTo(fieldOfWrite));
        Assert.That(
            (await Failures.OfAsync(() => DeleteAsync(options))).Violations.Single().Field,
            Is.EqualTo(fieldOfDeletion));
        Assert.That(store.Calls, Is.Zero);
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(100, 1)]
    public async Task A_batch_is_one_call_with_an_outcome_each_whatever_it_is(int count, int calls)
    {
        store.Outcome = new WriteOutcome(WriteOutcomeKind.StaleRevision);
        var writes = Batch(count);

        var outcomes = await writer.WriteManyAsync(Keys.Demo, writes, CancellationToken.None);

        Assert.That(outcomes, Has.Count.EqualTo(count));
        Assert.That(store.Writes, Is.EqualTo(writes));
        Assert.That(store.Calls, Is.EqualTo(calls));
    }

    [Test]
    public async Task A_batch_of_more_than_100_is_refused()
    {
        Assert.That(
            await Failures.ReasonOfAsync(() => writer.WriteManyAsync(Keys.Demo, Batch(101), CancellationToken.None)),
            Is.EqualTo(ErrorReason.InvalidRequest));
        Assert.That(store.Calls, Is.Zero);
    }

    [Test]
    public async Task The_caller_s_cancellation_reaches_the_store()
    {
        using var source = new CancellationTokenSource();
        Func<Task>[] calls =
        [
            () => writer.WriteAsync(Keys.Alice, s_patch, Keys.Server, WriteOptions.None, source.Token),
            () => writer.WriteManyAsync(Keys.Demo, Batch(1), source.Token),
            () => writer.DeleteAsync(Keys.Alice, Keys.Server, WriteOptions.None, source.Token),
        ];

        for (var i = 0; i < calls.Length; i++)
        {
            await calls[i]();
            Assert.That(store.Calls, Is.EqualTo(i + 1));
            Assert.That(store.LastToken, Is.EqualTo(source.Token));
        }
    }

    private List<ProfileWrite> Batch(int count) =>
        Enumerable.Range(0, count)
            .Select(i => writer.Prepare(Keys.KeyOf($"user_{i}"), s_patch, Keys.Server, WriteOptions.None))
            .ToList();

    private Task<WriteOutcome> WriteAsync(WriteOptions options) =>
        writer.WriteAsync(Keys.Alice, s_patch, Keys.Server, options, CancellationToken.None);

    private Task<WriteOutcome> DeleteAsync(WriteOptions options) =>
        writer.DeleteAsync(Keys.Alice, Keys.Server, options, CancellationToken.None);
}
