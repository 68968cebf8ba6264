using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Core.Audit;
using Profiles.Core.Operations;
using Profiles.Server.Access;
using Profiles.V1;

namespace Profiles.Server.Services;

/// <summary>Serves <c>profiles.v1.AuditService</c>.</summary>
internal sealed class AuditGrpcService(AuditReader reader) : AuditService.AuditServiceBase
{
    public override async Task<ListAuditEventsResponse> ListAuditEvents(ListAuditEventsRequest request, ServerCallContext context)
    {
        var page = await reader.ListAsync(
            context.GetCaller().Organization,
            new PageRequest(request.PageSize, request.PageToken, request.OrderBy),
            context.CancellationToken);
        return new ListAuditEventsResponse { Events = { page.Items.Select(ToMessage) }, NextPageToken = page.NextPageToken };
    }

    private static V1.AuditEvent ToMessage(Core.Audit.AuditEvent recorded) => new()
    {
        EventId = recorded.Id.ToString("D"),
        EventTime = Timestamp.FromDateTime(recorded.Time),
        // The numbers are those of the contract.
        Action = (V1.AuditAction)recorded.Action,
        ResourceId = recorded.ResourceId,
        ChangedFields = { recorded.ChangedFields },
        Actor = ProfileMessages.ToMessage(recorded.Actor),
        HttpRequestId = recorded.HttpRequestId ?? string.Empty,
    };
}
