using Profiles.Core.Access;
using Profiles.Core.Records;

namespace Profiles.Core.Storage;

/// <summary>What every write brings beside its content.</summary>
/// <param name="ChangeId">Names this attempt to write: new for each call.</param>
/// <param name="Time">The time of the change, in UTC.</param>
/// <param name="Actor">Who makes it.</param>
/// <param name="HttpRequestId">The id of the HTTP request that makes it, as the log has it; null where there is none.</param>
/// <param name="Precondition">The state that the record must be in.</param>
/// <param name="Request">Makes a retry return the first outcome; null when the caller gave no request id.</param>
public sealed record WriteContext(
    Guid ChangeId, DateTime Time, Actor Actor, string? HttpRequestId, Precondition Precondition, IdempotentRequest? Request)
{
    /// <summary>Why the change is made.</summary>
    public ProfileChangeReason Reason { get; init; }
}
