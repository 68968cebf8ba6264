using Profiles.Core.Access;
using Profiles.Core.Fields;

namespace Profiles.Core.Records;

/// <summary>One recorded change of a profile.</summary>
/// <param name="Revision">The revision that the profile had after it.</param>
/// <param name="Type">What happened.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="HttpRequestId">The id of the HTTP request that did it; null where there was none.</param>
/// <param name="ChangedFields">The fields whose value really changed.</param>
/// <param name="AttributeKeys">
/// The attributes that the change named; null when it replaced them all, or when its values were erased.
/// </param>
/// <param name="Values">The new values; empty when they were erased.</param>
public sealed record ProfileChange(
    long Revision,
    ProfileChangeType Type,
    DateTime Time,
    Actor Actor,
    string? HttpRequestId,
    ProfileFieldSet ChangedFields,
    IReadOnlyList<string>? AttributeKeys,
    ProfileValues Values)
{
    /// <summary>Why it was made.</summary>
    public ProfileChangeReason Reason { get; init; }
}

/// <summary>Why a change was made. The numbers are stored, and are those of the contract.</summary>
public enum ProfileChangeReason
{
    /// <summary>Somebody asked for it.</summary>
    Asked = 0,

    /// <summary>The username was put on the denylist.</summary>
    UsernameDenied = 1,
}

/// <summary>The kinds of change. The numbers are stored.</summary>
public enum ProfileChangeType
{
    /// <summary>The profile came into being, for the first time or anew.</summary>
    Created = 1,

    /// <summary>Fields of an existing profile changed.</summary>
    Updated = 2,

    /// <summary>The profile was deleted.</summary>
    Deleted = 3,
}
