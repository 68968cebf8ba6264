using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Access;
using Profiles.Core.Limits;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Limits;

/// <summary>Buckets in the database. Times are those of its clock, which goes on, so they are compared within bounds.</summary>
public class RateLimitStoreTests
{
    private const long Second = 1_000_000_000;

    private ServiceProvider services = null!;
    private IRateLimitStore store = null!;
    private BucketKey alice;

    [SetUp]
    public async Task Open()
    {
        var organization = await TestOrganization.CreateAsync();
        services = (await TestDatabase.GetAsync()).ServicesWith("Timeout=15");
        store = services.GetRequiredService<IRateLimitStore>();
        alice = new BucketKey(organization.Id.Value, CredentialKind.Token, "alice", RateClass.Read, 60);
    }

    [TearDown]
    public async Task Close() => await services.DisposeAsync();

    [Test]
    public async Task Charges_add_up()
    {
        Assert.That(await ChargeAsync(alice, 100 * Second), Is.EqualTo(100 * Second));
        Assert.That(await ChargeAsync(alice, 50 * Second), Is.InRange(100 * Second, 150 * Second));
        Assert.That(await ChargeAsync(alice, 0), Is.InRange(100 * Second, 150 * Second));
    }

    [Test]
    public async Task A_bucket_that_is_full_stays_full()
    {
        await ChargeAsync(alice, 1);

        Assert.That(await ChargeAsync(alice, 100 * Second), Is.EqualTo(100 * Second));
    }

    [Test]
    public async Task Each_bucket_is_its_own()
    {
        BucketKey[] others =
        [
            alice with { Organization = alice.Organization + "-2" },
            alice with { Kind = CredentialKind.ApiKey },
            alice with { CredentialId = "bob" },
            alice with { Class = RateClass.Write },
            alice with { WindowSeconds = 61 },
        ];
        await ChargeAsync(alice, 1_000 * Second);

        var debts = await store.ChargeAsync([.. others.Select((key, i) => new BucketCharge(key, (i + 1) * Second))], CancellationToken.None);

        Assert.That(debts, Is.EqualTo(Enumerable.Range(1, others.Length).Select(i => i * Second)));
    }

    [Test]
    public async Task Many_buckets_of_many_organizations_come_back_in_order()
    {
        var charges = Enumerable.Range(0, 500)
            .Select(i => new BucketCharge(
                alice with { Organization = $"{alice.Organization}-{i % 7}", CredentialId = $"user-{i}" }, (1 + i) * Second))
            .Reverse()
            .ToList();

        var debts = await store.ChargeAsync(charges, CancellationToken.None);

        Assert.That(debts, Is.EqualTo(charges.Select(charge => charge.Nanoseconds)));
    }

    [Test]
    public async Task Servers_that_charge_the_same_buckets_at_once_all_count()
    {
        const int servers = 6;
        const int rounds = 20;
        var others = await Task.WhenAll(Enumerable.Range(0, servers).Select(async _ =>
            (await TestDatabase.GetAsync()).ServicesWith("Timeout=15")));
        await Task.WhenAll(others.Select(async (server, n) =>
        {
            var own = server.GetRequiredService<IRateLimitStore>();
            for (var round = 0; round < rounds; round++)
            {
                // Each in another order.
                var charges = Enumerable.Range(0, 30).Select(i => (i + (n * 5)) % 30)
                    .Select(i => new BucketCharge(alice with { CredentialId = $"user-{i}" }, 100 * Second));
                await own.ChargeAsync([.. charges], CancellationToken.None);
            }
        }));
        foreach (var server in others)
            await server.DisposeAsync();

        var debt = await ChargeAsync(alice with { CredentialId = "user-7" }, 0);

        Assert.That(debt, Is.InRange(((servers * rounds) - 1) * 100 * Second, servers * rounds * 100 * Second));
    }

    [Test]
    public async Task Buckets_that_have_been_full_for_an_hour_are_removed_and_no_others()
    {
        await store.ChargeAsync(
            [new BucketCharge(alice, Second), new BucketCharge(alice with { CredentialId = "bob" }, Second)], CancellationToken.None);
        await ExecuteAsync("UPDATE rate_limit_buckets SET full_at = full_at - 3700 * 1000000000::bigint WHERE organization_id = $1 AND credential_id = 'bob'");

        var removed = await store.ForgetFullAsync(CancellationToken.None);

        Assert.That(removed, Is.GreaterThanOrEqualTo(1));
        Assert.That(await ExecuteAsync("DELETE FROM rate_limit_buckets WHERE organization_id = $1 AND credential_id = 'bob'"), Is.Zero);
        Assert.That(await ExecuteAsync("DELETE FROM rate_limit_buckets WHERE organization_id = $1 AND credential_id = 'alice'"), Is.EqualTo(1));
    }

    private async Task<long> ChargeAsync(BucketKey key, long nanoseconds) =>
        (await store.ChargeAsync([new BucketCharge(key, nanoseconds)], CancellationToken.None))[0];

    private async Task<int> ExecuteAsync(string sql)
    {
        await using var command = (await TestDatabase.GetAsync()).DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = alice.Organization });
        return await command.ExecuteNonQueryAsync();
    }
}
