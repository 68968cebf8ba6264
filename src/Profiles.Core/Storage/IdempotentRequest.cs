namespace Profiles.Core.Storage;

/// <summary>A request that may be sent again.</summary>
/// <param name="Id">The caller's identifier of the request.</param>
/// <param name="Fingerprint">SHA-256 of who asks for what: a retry has the same.</param>
public sealed record IdempotentRequest(Guid Id, byte[] Fingerprint)
{
    /// <summary>How long outcomes are kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);
}
