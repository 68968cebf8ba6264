using Profiles.Core.Fields;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>
/// Transactions take rows in one order, whatever they do. Two that did not would wait for each other for a second, until PostgreSQL ends
/// one of them, and everybody else with them.
/// </summary>
public class LockOrderTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    private static IEnumerable<TestCaseData> Batches()
    {
        yield return new TestCaseData((object)(ProfileWrite[])[Named("alice", "zoe"), Named("bob", "adam")])
            .SetArgDisplayNames("names in another order");
        yield return new TestCaseData((object)(ProfileWrite[])[Nicknamed("alice", Write.Revisions(1)), Nicknamed("bob")])
            .SetArgDisplayNames("plain and guarded");
    }

    [TestCaseSource(nameof(Batches))]
    public async Task A_batch_takes_the_rows_of_profiles_in_the_order_of_the_users(ProfileWrite[] writes)
    {
        foreach (var write in writes)
            await organization.NameAsync(write.User.Value, "before");
        var first = await RowLock.HoldAsync(organization.Key("alice"));
        await using var ignored = first;
        var batch = organization.WriteAsync(writes);
        await first.WaitingSessionAsync();

        // It has not taken the second row before the first.
        await using (await RowLock.HoldAsync(organization.Key("bob")).WaitAsync(Timeout))
            await first.ReleaseAsync();

        Assert.That(await batch.WaitAsync(Timeout), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_deletion_takes_requests_before_the_profile_as_their_retries_do()
    {
        var request = Requests.New();
        await organization.NameAsync("alice", "before", request: request);
        await using var profile = await RowLock.HoldAsync(organization.Key("alice"));
        var deletion = organization.DeleteAsync("alice");
        await profile.WaitingSessionAsync();

        await using var command = (await TestDatabase.GetAsync()).DataSource.CreateCommand(
            $"SELECT count(*) FROM (SELECT FROM write_requests WHERE request_id = '{request.Id}' FOR UPDATE SKIP LOCKED) r");
        Assert.That(await command.ExecuteScalarAsync(), Is.Zero);

        await profile.ReleaseAsync();
        Assert.That((await deletion.WaitAsync(Timeout)).Kind, Is.EqualTo(WriteOutcomeKind.Written));
    }

    private static ProfileWrite Named(string user, string name) => Write.To(user, patch => patch.Set(ProfileField.PreferredUsername, name));

    private static ProfileWrite Nicknamed(string user, Precondition? precondition = null) =>
        Write.To(user, patch => patch.Set(ProfileField.Nickname, "after"), precondition);
}
