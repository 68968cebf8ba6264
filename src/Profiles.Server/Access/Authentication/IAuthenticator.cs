using Profiles.Core.Access;
using Profiles.Core.Errors;

namespace Profiles.Server.Access.Authentication;

/// <summary>Checks one kind of credential.</summary>
internal interface IAuthenticator
{
    /// <summary>Who is calling; null when the request brings no credential of this kind.</summary>
    /// <param name="request">The request.</param>
    /// <param name="headers">Where its clients send their credentials.</param>
    /// <param name="method">The RPC's full name, for the log.</param>
    /// <exception cref="ProfilesException">
    /// The credential is not valid (<see cref="ErrorReason.CredentialInvalid"/>), or it cannot be checked at the moment
    /// (<see cref="ErrorReason.StorageUnavailable"/>).
    /// </exception>
    ValueTask<Caller?> AuthenticateAsync(HttpRequest request, CredentialHeaders headers, string method);
}
