using Grpc.Core;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Storage;
using Profiles.Server.Access;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Dialects;

/// <summary>The one way from a dialect's update into the store: the use case of our own API, one round trip.</summary>
internal sealed class DialectWriter(ProfileWriter writer)
{
    /// <summary>Changes one profile, and creates it where that is allowed.</summary>
    /// <param name="context">The call.</param>
    /// <param name="key">Whose profile.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="options">What else the write asks for; nothing unless given.</param>
    /// <returns>An outcome of kind <see cref="WriteOutcomeKind.Written"/> or <see cref="WriteOutcomeKind.Unchanged"/>.</returns>
    /// <exception cref="ProfilesException">The write was refused; nothing was written.</exception>
    public Task<WriteOutcome> WriteAsync(ServerCallContext context, ProfileKey key, DialectPatch patch, WriteOptions? options = null)
    {
        var caller = context.GetCaller();
        var actor = patch.ByServer ? caller.AsServer : caller.AsUser;
        var complete = (options ?? WriteOptions.None) with { HttpRequestId = context.GetHttpRequestId() };
        return patch.RunAsync(built => writer.WriteAsync(key, built, actor, complete, context.CancellationToken));
    }
}
