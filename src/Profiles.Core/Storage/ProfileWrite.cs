using Profiles.Core.Identity;
using Profiles.Core.Patches;

namespace Profiles.Core.Storage;

/// <summary>One change of one user's profile.</summary>
/// <param name="User">Whose profile.</param>
/// <param name="Patch">What changes.</param>
/// <param name="Context">Who, when and on what condition.</param>
public sealed record ProfileWrite(UserId User, ProfilePatch Patch, WriteContext Context);

/// <summary>The deletion of one user's profile.</summary>
/// <param name="Context">Who, when and on what condition; the record must exist in any case.</param>
public sealed record ProfileDelete(WriteContext Context);
