using Grpc.Core;
using Profiles.Core.Access;

namespace Profiles.Server.Access;

/// <summary>Who makes a call, as the access rules let it through, and which request it is.</summary>
internal static class CallerExtensions
{
    /// <summary>The caller.</summary>
    public static Caller GetCaller(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<Caller>()
        ?? throw new InvalidOperationException($"{context.Method} was reached without a caller.");

    /// <summary>The id of the request, as its log events and its answer's header <c>x-request-id</c> have it.</summary>
    public static string GetHttpRequestId(this ServerCallContext context) => context.GetHttpContext().TraceIdentifier;
}
