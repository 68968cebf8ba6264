using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Credentials;

[TestFixture]
public class SecretReencryptionTests
{
    private static readonly MasterKey s_old = new("old", RandomNumberGenerator.GetBytes(32));
    private static readonly MasterKey s_new = new("new", RandomNumberGenerator.GetBytes(32));

    [TestCase(0, new int[0])]
    [TestCase(1, new[] { 1 })]
    [TestCase(250, new[] { 100, 100, 50 })]
    public async Task Every_secret_is_encrypted_anew_in_bounded_batches(int count, int[] batches)
    {
        var store = new SecretStore(count, new MasterKeys([s_old]));

        var result = await new SecretReencryption(store, new MasterKeys([s_new, s_old])).RunAsync(default);

        Assert.That(result.Count, Is.EqualTo(count));
        Assert.That(result.Unreadable, Is.Empty);
        Assert.That(store.Batches, Is.EqualTo(batches));
        var keys = new MasterKeys([s_new]);
        Assert.That(store.Secrets.Select(secret => Encoding.UTF8.GetString(keys.Open(secret.Place, "new", secret.Content)!)), Is.All.StartsWith("secret-"));
    }

    [Test]
    public async Task What_cannot_be_read_stays_and_is_counted()
    {
        var store = new SecretStore(150, new MasterKeys([s_old]));
        var before = store.Secrets.ToList();

        var result = await new SecretReencryption(store, new MasterKeys([s_new])).RunAsync(default);

        Assert.That(result.Count, Is.Zero);
        Assert.That(result.Unreadable, Is.EqualTo(new Dictionary<string, int> { ["old"] = 150 }));
        Assert.That(store.Secrets, Is.EqualTo(before));
    }

    private sealed class SecretStore : ISecretStore
    {
        public SecretStore(int count, MasterKeys keys)
        {
            for (var i = 0; i < count; i++)
            {
                var place = new SecretPlace(Keys.Demo, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
                Secrets.Add(new StoredSecret(place, keys.CurrentId!, keys.Seal(place, $"secret-{i}")));
            }

            Secrets.Sort((a, b) => Compare(a.Place, b.Place));
        }

        public List<StoredSecret> Secrets { get; } = [];

        public List<int> Batches { get; } = [];

        public Task<IReadOnlyList<StoredSecret>> ListAsync(
            string masterKeyId, SecretPlace? after, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<StoredSecret>>(Secrets
                .Where(secret => secret.MasterKeyId != masterKeyId && (after is not { } place || Compare(secret.Place, place) > 0))
                .Take(limit).ToList());

        public Task ReplaceAsync(IReadOnlyCollection<SecretReplacement> replacements, CancellationToken cancellationToken)
        {
            Batches.Add(replacements.Count);
            foreach (var replacement in replacements)
                Secrets[Secrets.IndexOf(replacement.Old)] = new StoredSecret(replacement.Old.Place, replacement.MasterKeyId, replacement.Content);
            return Task.CompletedTask;
        }

        private static int Compare(SecretPlace a, SecretPlace b) => a.Application.CompareTo(b.Application);
    }
}
