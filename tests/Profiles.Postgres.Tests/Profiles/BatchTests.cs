using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Rules;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;
using static Profiles.Core.Storage.WriteOutcomeKind;

namespace Profiles.Postgres.Tests.Profiles;

public class BatchTests
{
    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Every_write_has_its_own_outcome_at_its_index(bool withRequests)
    {
        await organization.NameAsync("unchanged", "N");
        await organization.NameAsync("updated", "old");
        await organization.NameAsync("stale", "old");
        await organization.NameAsync("deleted", "old");
        await organization.DeleteAsync("deleted");
        await organization.WriteAsync("full", patch =>
        {
            for (var i = 0; i < AttributeRules.MaxCount; i++)
                patch.SetAttribute($"k{i}", "v");
        });
        var reused = Requests.New();
        await organization.NameAsync("reused", "old", request: reused);

        ProfileWrite To(string user, Precondition? precondition = null, IdempotentRequest? request = null) => Write.To(
            user,
            patch => patch.Set(ProfileField.Nickname, "N"),
            precondition,
            request ?? (withRequests ? Requests.New() : null));
        var outcomes = await organization.WriteAsync(
            To("updated"),
            To("new"),
            To("stale", Write.Revisions(7)),
            To("missing", Write.MustExist),
            Write.To("full", patch => patch.SetAttribute("x", "v"), request: withRequests ? Requests.New() : null),
            To("deleted"),
            To("reused", request: Requests.Of(reused.Id, "other")),
            To("unchanged"));

        (WriteOutcomeKind, string?, long?)[] expected =
        [
            (Written, "updated", 2), (Written, "new", 1), (StaleRevision, null, null), (NotFound, null, null),
            (TooManyAttributes, null, null), (Written, "deleted", 3), (RequestIdReused, null, null), (Unchanged, "unchanged", 1),
        ];
        Assert.That(
            outcomes.Select(outcome => (outcome.Kind, outcome.Record?.Key.User.Value, outcome.Record?.Revision)),
            Is.EqualTo(expected));
    }

    [Test]
    public async Task A_hundred_writes_keep_the_order_of_their_input()
    {
        // Neither the order of the users nor that of the table.
        var numbers = Enumerable.Range(0, 100).ToArray();
        new Random(1).Shuffle(numbers);
        for (var round = 1; round <= 2; round++)
        {
            var outcomes = await organization.WriteAsync(
                [.. numbers.Select(i => Write.To(User(i), patch => patch.Set(ProfileField.Level, (i + round) % 100)))]);

            Assert.That(outcomes.Select(outcome => outcome.Record!.Key.User.Value), Is.EqualTo(numbers.Select(User)));
            Assert.That(
                outcomes.Select(outcome => outcome.Record!.Values[ProfileField.Level]),
                Is.EqualTo(numbers.Select(i => (i + round) % 100)));
            Assert.That(outcomes.Select(outcome => outcome.Record!.Revision), Is.All.EqualTo(round));
        }
    }

    [Test]
    public async Task Writes_of_a_batch_set_different_fields()
    {
        var outcomes = await organization.WriteAsync(
            Write.To("a", patch => patch.Set(ProfileField.Level, 1)),
            Write.To("b", patch => patch.Set(ProfileField.EmailVerified, true)),
            Write.To("c", patch => patch.SetAttribute("k", "v")),
            Write.To("d", patch => patch.Set(ProfileField.AvatarObject, "source", "object")));

        ProfileField[] fields =
            [ProfileField.Level, ProfileField.EmailVerified, ProfileField.Attributes, ProfileField.AvatarObject];
        for (var i = 0; i < outcomes.Count; i++)
        {
            var values = outcomes[i].Record!.Values;
            Assert.That(
                ProfileFields.All.Select(field => field.Field).Where(field => values[field] is not null),
                Is.EqualTo(new[] { fields[i] }));
        }
    }

    [Test]
    public async Task A_batch_has_different_preconditions()
    {
        foreach (var user in new[] { "a", "b", "c" })
            await organization.NameAsync(user, "old");

        var outcomes = await organization.WriteAsync(
            Write.To("a", patch => patch.Set(ProfileField.Nickname, "new"), Write.Revisions(1)),
            Write.To("b", patch => patch.Set(ProfileField.Nickname, "new"), Write.Revisions(5, 6, 1)),
            Write.To("c", patch => patch.Set(ProfileField.Nickname, "new"), Write.Revisions(2, 3)));

        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.EqualTo(new[] { Written, Written, StaleRevision }));
    }

    private static string User(int i) => string.Create(CultureInfo.InvariantCulture, $"user-{i}");
}
