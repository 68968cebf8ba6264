using Profiles.Core.Access;
using Profiles.Core.Fields;
using Profiles.Core.Records;

namespace Profiles.Postgres.Profiles;

/// <summary>One row of <c>profile_changes</c>, as Dapper maps it.</summary>
internal sealed class ChangeRow
{
    private static readonly long KnownFields = (1L << ProfileFields.All.Count) - 1;

    public long Revision { get; set; }

    public short ChangeType { get; set; }

    public DateTime ChangedAt { get; set; }

    public short ActorType { get; set; }

    public string ActorId { get; set; } = string.Empty;

    public string? CredentialId { get; set; }

    public string? HttpRequestId { get; set; }

    public long ChangedFields { get; set; }

    public bool ReplacesAttributes { get; set; }

    public string? Patch { get; set; }

    public short Reason { get; set; }

    public ProfileChange ToChange()
    {
        var fields = new ProfileFieldSet(ChangedFields & KnownFields);
        var (values, keys) = Patch is null ? (new ProfileValues(), null) : StoredJson.ReadPatch(Patch, fields);
        return new ProfileChange(
            Revision,
            (ProfileChangeType)ChangeType,
            ChangedAt,
            new Actor((ActorType)ActorType, ActorId, CredentialId),
            HttpRequestId,
            fields,
            ReplacesAttributes ? null : keys,
            values)
        {
            Reason = (ProfileChangeReason)Reason,
        };
    }
}
