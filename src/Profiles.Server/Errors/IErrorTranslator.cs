using Profiles.Core.Errors;

namespace Profiles.Server.Errors;

/// <summary>
/// Says failures in the words of another contract than ours, over every protocol. It stands in the metadata of endpoints; those
/// without one answer as <see cref="ErrorMap"/> does.
/// </summary>
internal interface IErrorTranslator
{
    /// <summary>The status of a failure, with its details.</summary>
    Google.Rpc.Status Translate(ProfilesException exception);
}
