using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Core.Audit;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Server.Access.Authentication;
using Profiles.Server.Access.Directories;
using Profiles.Server.Tests.Tokens;

namespace Profiles.Server.Tests.Access;

/// <summary>What checking a signature costs, and the edges of the freshness window.</summary>
internal sealed class ApplicationAuthenticatorTests
{
    private const string Secret = "secret-of-the-application";

    private static readonly OrganizationId Organization = OrganizationId.Parse("demo");

    private readonly FakeClock clock = new();
    private readonly MasterKeys masterKeys = new([new MasterKey("k", RandomNumberGenerator.GetBytes(32))]);
    private FakeStore store = null!;
    private ApplicationAuthenticator authenticator = null!;

    [SetUp]
    public void Create()
    {
        store = new FakeStore();
        var directory = new ApplicationDirectory(
            store, masterKeys, new SteadyFeed(), TimeProvider.System, NullLogger<ApplicationDirectory>.Instance);
        authenticator = new ApplicationAuthenticator(directory, store, clock, NullLogger<ApplicationAuthenticator>.Instance);
    }

    [Test]
    public async Task A_wrong_signature_and_an_unknown_application_are_one_lookup_each_and_none_again()
    {
        Add("known-app", window: null, refuseReplays: false);

        foreach (var (appKey, secret) in (ValueTuple<string, string>[])[("known-app", "wrong"), ("unknown-app", "wrong")])
        {
            for (var i = 0; i < 3; i++)
                Assert.That(await IsTakenAsync(appKey, secret, clock.Now), Is.False);
            Assert.That(store.Lookups, Is.EqualTo(new[] { appKey }));
            store.Lookups.Clear();
        }

        Assert.That(store.Signatures, Is.Empty);
    }

    [TestCase(-60_000, true)]
    [TestCase(+60_000, true)]
    [TestCase(-60_001, false)]
    [TestCase(+60_001, false)]
    public async Task The_freshness_window_has_sharp_edges(int milliseconds, bool fresh)
    {
        Add("known-app", window: TimeSpan.FromMinutes(1), refuseReplays: false);

        Assert.That(await IsTakenAsync("known-app", Secret, clock.Now.AddMilliseconds(milliseconds)), Is.EqualTo(fresh));
    }

    [Test]
    public async Task A_signature_is_remembered_as_long_as_it_is_fresh_and_only_where_replays_are_refused()
    {
        Add("careful-app", window: TimeSpan.FromMinutes(1), refuseReplays: true);
        Add("other-app", window: TimeSpan.FromMinutes(1), refuseReplays: false);
        var time = clock.Now.AddSeconds(30);

        Assert.That(await IsTakenAsync("careful-app", Secret, time), Is.True);
        Assert.That(await IsTakenAsync("careful-app", Secret, time), Is.False);
        Assert.That(await IsTakenAsync("other-app", Secret, time), Is.True);

        Assert.That(store.Signatures.Values, Is.EqualTo(new[] { DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).UtcDateTime.AddMinutes(1) }));
    }

    [Test]
    public async Task Neither_a_wrong_nor_a_stale_signature_is_remembered()
    {
        Add("careful-app", window: TimeSpan.FromMinutes(1), refuseReplays: true);

        Assert.That(await IsTakenAsync("careful-app", "wrong", clock.Now), Is.False);
        Assert.That(await IsTakenAsync("careful-app", Secret, clock.Now.AddHours(1)), Is.False);

        Assert.That(store.Signatures, Is.Empty);
    }

    private void Add(string appKey, TimeSpan? window, bool refuseReplays)
    {
        var application = new Application(
            Organization,
            Guid.CreateVersion7(clock.Now),
            appKey,
            new ApplicationContent("", ["profiles.read"], window, refuseReplays),
            [],
            clock.Now.UtcDateTime,
            RevokeTime: null);
        var secret = new ApplicationSecret(Guid.CreateVersion7(clock.Now), clock.Now.UtcDateTime, ExpireTime: null);
        var content = masterKeys.Seal(new SecretPlace(Organization, application.Id, secret.Id), Secret);
        store.Applications.Add(appKey, new FoundApplication(application, [new SealedSecret(secret, "k", content)]));
    }

    private async Task<bool> IsTakenAsync(string appKey, string secret, DateTimeOffset time)
    {
        var timestamp = time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var request = new DefaultHttpContext().Request;
        request.Headers["app-key"] = appKey;
        request.Headers["nonce"] = "1";
        request.Headers["timestamp"] = timestamp;
        request.Headers["signature"] = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"{secret}1{timestamp}")));
        try
        {
            return await authenticator.AuthenticateAsync(request, CredentialHeaders.Native, "/m") is not null;
        }
        catch (ProfilesException exception) when (exception.Reason == ErrorReason.CredentialInvalid)
        {
            return false;
        }
    }

    private sealed class FakeStore : IApplicationStore, ISignatureStore
    {
        public Dictionary<string, FoundApplication> Applications { get; } = new(StringComparer.Ordinal);

        public List<string> Lookups { get; } = [];

        public Dictionary<string, DateTime> Signatures { get; } = new(StringComparer.Ordinal);

        public Task<FoundApplication?> FindAsync(string appKey, CancellationToken cancellationToken)
        {
            Lookups.Add(appKey);
            return Task.FromResult(Applications.GetValueOrDefault(appKey));
        }

        public Task<bool> TakeAsync(
            OrganizationId organization, Guid application, byte[] signature, DateTime expireTime, CancellationToken cancellationToken) =>
            Task.FromResult(Signatures.TryAdd(Convert.ToHexString(signature), expireTime));

        public Task<int> ForgetAsync(DateTime now, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Application?> GetAsync(OrganizationId organization, Guid id, DateTime now, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Application>> ListAsync(
            OrganizationId organization, Guid? after, int limit, DateTime now, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ChangeOutcome<Application>> AddAsync(
            Application application, SealedSecret secret, AuditEvent recorded, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ChangeOutcome<Application>> RotateAsync(
            OrganizationId organization, SecretRotation rotation, AuditEvent recorded, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ChangeOutcome<Application>> RevokeAsync(
            OrganizationId organization, Guid id, AuditEvent recorded, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
