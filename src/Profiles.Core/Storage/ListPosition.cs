using Profiles.Core.Identity;

namespace Profiles.Core.Storage;

/// <summary>A place in the list of an organization's profiles: the profile that was returned last.</summary>
/// <param name="CreateTime">When it was created, in UTC, to the microsecond.</param>
/// <param name="User">Its user, which orders profiles created at the same moment.</param>
public readonly record struct ListPosition(DateTime CreateTime, UserId User);
