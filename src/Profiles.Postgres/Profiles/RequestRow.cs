namespace Profiles.Postgres.Profiles;

/// <summary>One row of <c>write_requests</c>, as Dapper maps it, and the row of <c>profiles</c> that it keeps.</summary>
internal sealed class RequestRow : ProfileRow
{
    public Guid RequestId { get; set; }

    public Guid RequestChangeId { get; set; }

    public byte[] Fingerprint { get; set; } = [];

    /// <summary>Whether the record was deleted since.</summary>
    public bool OutcomeErased { get; set; }

    /// <summary>The record after the request; null when there was none.</summary>
    public ProfileRow? Outcome => UserId.Length == 0 ? null : this;
}
