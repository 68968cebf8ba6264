using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Errors;

namespace Profiles.Core.Credentials.Applications;

/// <summary>
/// Encrypts every secret with the first master key, so that the others can be given up. In small batches, beside running
/// servers; stopped half-way, it can be run again.
/// </summary>
/// <param name="store">Where secrets are kept.</param>
/// <param name="masterKeys">The keys, old ones included.</param>
public sealed class SecretReencryption(ISecretStore store, MasterKeys masterKeys)
{
    private const int BatchSize = 100;

    /// <summary>Does it for all organizations.</summary>
    /// <exception cref="ProfilesException">There is no master key.</exception>
    public async Task<ReencryptionResult> RunAsync(CancellationToken cancellationToken)
    {
        var current = masterKeys.CurrentId ?? throw CredentialErrors.MasterKeyMissing();
        var (count, unreadable) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        SecretPlace? after = null;
        while (await store.ListAsync(current, after, BatchSize, cancellationToken) is { Count: > 0 } secrets)
        {
            var replacements = secrets.Select(secret => Reseal(secret, current)).ToList();
            foreach (var (secret, replacement) in secrets.Zip(replacements))
            {
                if (replacement is null)
                    unreadable[secret.MasterKeyId] = unreadable.GetValueOrDefault(secret.MasterKeyId) + 1;
            }

            var readable = replacements.OfType<SecretReplacement>().ToList();
            await store.ReplaceAsync(readable, cancellationToken);
            count += readable.Count;
            after = secrets[^1].Place;
        }

        return new ReencryptionResult(count, unreadable);
    }

    private SecretReplacement? Reseal(StoredSecret secret, string current)
    {
        if (masterKeys.Open(secret.Place, secret.MasterKeyId, secret.Content) is not { } text)
            return null;
        var replacement = new SecretReplacement(secret, current, masterKeys.Seal(secret.Place, Encoding.UTF8.GetString(text)));
        CryptographicOperations.ZeroMemory(text);
        return replacement;
    }
}

/// <summary>What came of it.</summary>
/// <param name="Count">How many secrets were encrypted anew.</param>
/// <param name="Unreadable">How many could not be read, by the id of their master key.</param>
public sealed record ReencryptionResult(int Count, IReadOnlyDictionary<string, int> Unreadable);
