using Grpc.Core;
using Profiles.Core.Access;
using Profiles.Core.Organizations;

namespace Profiles.Server.Access;

/// <summary>Who makes a call, as the access rules let it through, and which request it is.</summary>
internal static class CallerExtensions
{
    /// <summary>The caller.</summary>
    public static Caller GetCaller(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<Caller>()
        ?? throw new InvalidOperationException($"{context.Method} was reached without a caller.");

    /// <summary>The organization that the caller acts in.</summary>
    public static Organization GetOrganization(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<Organization>()
        ?? throw new InvalidOperationException($"{context.Method} was reached without an organization.");

    /// <summary>The id of the request, as its log events and its answer's header <c>x-request-id</c> have it.</summary>
    public static string GetHttpRequestId(this ServerCallContext context) => context.GetHttpContext().TraceIdentifier;

    /// <summary>All of it.</summary>
    public static RequestOrigin GetOrigin(this ServerCallContext context) =>
        new(context.GetCaller(), context.GetOrganization(), context.GetHttpRequestId());
}

/// <summary>Where a request comes from.</summary>
/// <param name="Caller">Who makes it.</param>
/// <param name="Organization">The organization that the caller acts in.</param>
/// <param name="HttpRequestId">The id of the request.</param>
internal sealed record RequestOrigin(Caller Caller, Organization Organization, string HttpRequestId);
