using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Pictures;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Profiles;

/// <summary>Tells what became of a write from the rows that it left behind. Null: it met another write and has to be sent again.</summary>
internal static class OutcomeReader
{
    public static WriteOutcome? Read(ProfileKey key, ProfileWrite write, ProfileRow? row, RequestRow? request, Refusals refusals) =>
        Read(write.Context, row, request, (state, changeId) => Read(key, write, state, changeId, refusals));

    public static WriteOutcome? Read(ProfileDelete delete, ProfileRow? row, RequestRow? request) =>
        Read(delete.Context, row, request, (state, changeId) => Read(delete, state, changeId));

    private static WriteOutcome? Read(
        WriteContext context, ProfileRow? row, RequestRow? request, Func<ProfileRow?, Guid, WriteOutcome?> read)
    {
        if (request is null)
            return read(row, context.ChangeId);
        if (!request.Fingerprint.AsSpan().SequenceEqual(context.Request!.Fingerprint))
            return new WriteOutcome(WriteOutcomeKind.RequestIdReused);
        if (request.OutcomeErased)
            return new WriteOutcome(WriteOutcomeKind.OutcomeErased);
        // Its row was locked. What is open nevertheless looked for a record that was created only then.
        return read(request.Outcome, request.RequestChangeId) ?? new WriteOutcome(WriteOutcomeKind.NotFound);
    }

    private static WriteOutcome? Read(ProfileKey key, ProfileWrite write, ProfileRow? row, Guid changeId, Refusals refusals)
    {
        if (row?.ChangeId == changeId)
            return new WriteOutcome(WriteOutcomeKind.Written, row.ToRecord());
        if (row is null || row.Deleted)
        {
            var may = row is null ? write.Context.Precondition.MayCreate : write.Context.Precondition.MayRevive;
            return may ? Refuse(key, write, refusals) : Refuse(write.Context, row);
        }

        if (!write.Context.Precondition.Allows(row.Revision))
            return new WriteOutcome(WriteOutcomeKind.StaleRevision);

        var record = row.ToRecord();
        if (write.Context.Precondition.KeepEmail && record.Values[ProfileField.Email] is { } email && !email.Equals(write.Patch[ProfileField.Email]))
            return new WriteOutcome(WriteOutcomeKind.EmailKept);
        if (write.Patch.Attributes is { } attributes && attributes.ExceedsLimit(record.Values.Attributes))
            return new WriteOutcome(WriteOutcomeKind.TooManyAttributes);
        return write.Patch.ChangesNothing(record.Values)
            ? new WriteOutcome(WriteOutcomeKind.Unchanged, record)
            : Refuse(key, write, refusals);
    }

    private static WriteOutcome? Read(ProfileDelete delete, ProfileRow? row, Guid changeId)
    {
        if (row?.ChangeId == changeId)
            return new WriteOutcome(WriteOutcomeKind.Written, row.ToRecord());
        if (row is null || row.Deleted)
            return Refuse(delete.Context, row);
        return delete.Context.Precondition.Allows(row.Revision) ? null : new WriteOutcome(WriteOutcomeKind.StaleRevision);
    }

    private static WriteOutcome? Refuse(ProfileKey key, ProfileWrite write, Refusals refusals) =>
        refusals.Picture?.ToOutcome(key, write.Context.Time)
        ?? (write.Patch.Username is { } claim ? refusals.Name?.ToOutcome(claim) : null);

    // An etag of a record that was deleted since is as stale as one of a record that was changed.
    private static WriteOutcome Refuse(WriteContext context, ProfileRow? row) =>
        new(row is not null && context.Precondition.Revisions is not null
            ? WriteOutcomeKind.StaleRevision
            : WriteOutcomeKind.NotFound);
}

/// <summary>What stood against a write, as the database said.</summary>
/// <param name="Name">Against the username; null for nothing asked.</param>
/// <param name="Picture">Against the picture; null for nothing asked.</param>
internal readonly record struct Refusals(RefusalRow? Name, PictureRefusalRow? Picture);
