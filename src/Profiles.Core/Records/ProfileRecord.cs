using Profiles.Core.Identity;

namespace Profiles.Core.Records;

/// <summary>One profile as it is stored.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="Revision">Number of its last change, from 1, without gaps.</param>
/// <param name="CreateTime">When it was created, in UTC.</param>
/// <param name="ChangeTime">When it last changed, in UTC.</param>
/// <param name="Values">Its fields.</param>
public sealed record ProfileRecord(
    ProfileKey Key, long Revision, DateTime CreateTime, DateTime ChangeTime, ProfileValues Values)
{
    /// <summary>The tag of this state of the record.</summary>
    public string Etag => Records.Etag.Format(Key, Revision);
}
