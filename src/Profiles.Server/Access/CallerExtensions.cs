using Grpc.Core;
using Profiles.Core.Access;

namespace Profiles.Server.Access;

/// <summary>The caller of a call, as the access rules let it through.</summary>
internal static class CallerExtensions
{
    /// <summary>The caller.</summary>
    public static Caller GetCaller(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<Caller>()
        ?? throw new InvalidOperationException($"{context.Method} was reached without a caller.");

    /// <summary>The caller as a user who changes the own record.</summary>
    public static Actor AsUser(this Caller caller) => new(ActorType.User, caller.Subject);

    /// <summary>The caller as a server that acts by its permissions.</summary>
    public static Actor AsServer(this Caller caller) => new(ActorType.Server, caller.Subject);
}
