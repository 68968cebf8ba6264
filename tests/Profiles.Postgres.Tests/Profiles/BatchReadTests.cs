using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>Reads of many users that wait at the same moment go together, and each has its own answer.</summary>
public class BatchReadTests
{
    private const int Users = 30;
    private const int Callers = 40;
    private const int Seed = 8;

    private readonly CommandLog log = new();
    private ServiceProvider services = null!;
    private TestOrganization first = null!;
    private TestOrganization second = null!;

    [SetUp]
    public async Task Found_two_organizations_with_users()
    {
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=20", log);
        (first, second) = (await FoundAsync("first"), await FoundAsync("second"));
        await first.DeleteAsync(Name(0));
        log.Clear();
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task Each_call_has_its_users_in_its_order()
    {
        var random = new Random(Seed);
        var calls = Enumerable.Range(0, Callers).Select(i => (
            Organization: i % 2 == 0 ? first : second,
            Users: Enumerable.Range(0, Users + 5).OrderBy(_ => random.Next()).Take(1 + random.Next(20)).ToList())).ToList();

        var answers = await Task.WhenAll(calls.Select(call => call.Organization.Store.GetManyAsync(
            call.Organization.Id, [.. call.Users.Select(user => UserId.Parse(Name(user)))], default)));

        using var scope = Assert.EnterMultipleScope();
        foreach (var (call, records) in calls.Zip(answers))
        {
            var expected = call.Users.Where(user => user < Users && (call.Organization == second || user > 0));
            Assert.That(records.Select(record => record.Key.User.Value), Is.EqualTo(expected.Select(Name)), $"seed {Seed}");
            Assert.That(records.Select(record => record.Key.Organization), Is.All.EqualTo(call.Organization.Id));
            Assert.That(
                records.Select(record => record.Values[ProfileField.Nickname]),
                Is.All.EqualTo(call.Organization == first ? "first" : "second"));
        }

        Assert.That(log.Commands, Has.Count.LessThan(Callers));
    }

    private async Task<TestOrganization> FoundAsync(string nickname)
    {
        var organization = await TestOrganization.CreateAsync();
        organization.Store = services.GetRequiredService<IProfileStore>();
        await organization.WriteAsync(
            [.. Enumerable.Range(0, Users).Select(i => Write.To(Name(i), patch => patch.Set(ProfileField.Nickname, nickname)))]);
        return organization;
    }

    private static string Name(int user) => string.Create(CultureInfo.InvariantCulture, $"user-{user}");
}
