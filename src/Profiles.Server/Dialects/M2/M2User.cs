using Grpc.Core;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Server.Access;

namespace Profiles.Server.Dialects.M2;

/// <summary>The user whom a call is about.</summary>
/// <param name="Key">The user's record.</param>
/// <param name="IsOwn">Whether the credential speaks for this user, rather than acting by its permission.</param>
internal readonly record struct M2User(ProfileKey Key, bool IsOwn)
{
    /// <summary>The header in which a server names the user.</summary>
    public const string HeaderName = "x-m2-user-id";

    /// <summary>The user that the request names, or else the one whom the credential speaks for.</summary>
    /// <param name="context">The call.</param>
    /// <param name="permission">What it takes to reach another user's record.</param>
    /// <exception cref="ProfilesException">There is no such user, or the caller does not reach its record.</exception>
    public static M2User Of(ServerCallContext context, string permission)
    {
        var caller = context.GetCaller();
        var names = context.GetHttpContext().Request.Headers[HeaderName];
        if (names.Count == 0 && caller.IsUser)
            return new M2User(caller.OwnProfile, IsOwn: true);
        if (names.Count != 1 || !UserId.TryParse(names[0], out var user))
            throw ProfilesException.Invalid(HeaderName, $"must name the user, once: an id {UserId.Rule}");
        return new M2User(caller.Reach(user, permission), caller.IsUser && caller.Subject == user.Value);
    }
}
