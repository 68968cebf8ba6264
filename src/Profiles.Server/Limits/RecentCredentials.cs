namespace Profiles.Server.Limits;

/// <summary>
/// Remembers which credentials were good of late, so that their callers are let through to the checks while others at their
/// address are not. It remembers no credential, only a few bits of a keyed hash in a table of fixed size: to be taken for a known
/// one by chance opens nothing, for everything is checked all the same.
/// </summary>
internal sealed class RecentCredentials
{
    private const int Slots = 64 * 1024;

    private readonly int[] hashes = new int[Slots];

    /// <summary>Notes a good credential.</summary>
    public void Remember(string credential)
    {
        var hash = Hash(credential);
        ref var slot = ref hashes[(uint)hash % Slots];
        if (slot != hash)
            Volatile.Write(ref slot, hash);
    }

    /// <summary>Whether the credential was good of late; now and then true for another one.</summary>
    public bool Knows(string credential)
    {
        var hash = Hash(credential);
        return Volatile.Read(ref hashes[(uint)hash % Slots]) == hash;
    }

    // Keyed by the process (Marvin); 0 stands for an empty slot.
    private static int Hash(string credential) => credential.GetHashCode(StringComparison.Ordinal) is not 0 and var hash ? hash : 1;
}
