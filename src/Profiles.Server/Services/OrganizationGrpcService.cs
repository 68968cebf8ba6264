using Grpc.Core;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Organizations;
using Profiles.Server.Access;
using Profiles.V1;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Services;

/// <summary>Serves <c>profiles.v1.OrganizationService</c>.</summary>
internal sealed class OrganizationGrpcService(OrganizationAdministration organizations) : OrganizationService.OrganizationServiceBase
{
    public override async Task<CreateOrganizationResponse> CreateOrganization(CreateOrganizationRequest request, ServerCallContext context)
    {
        var (id, content) = OrganizationPatchReader.ReadCreation(request.Organization);
        var created = await organizations.CreateAsync(
            id, content, context.GetCaller().AsServer, context.GetHttpRequestId(), context.CancellationToken);
        EtagHeader.Set(context, created.Etag);
        return new CreateOrganizationResponse { Organization = OrganizationMessages.ToMessage(created) };
    }

    public override async Task<GetOrganizationResponse> GetOrganization(GetOrganizationRequest request, ServerCallContext context)
    {
        var organization = await organizations.GetAsync(Reach(context, request.OrganizationId), context.CancellationToken);
        EtagHeader.Set(context, organization.Etag);
        return new GetOrganizationResponse { Organization = OrganizationMessages.ToMessage(organization) };
    }

    public override async Task<UpdateOrganizationResponse> UpdateOrganization(UpdateOrganizationRequest request, ServerCallContext context)
    {
        var id = Reach(context, request.OrganizationId);
        var patch = OrganizationPatchReader.Read(id, request.Organization, request.UpdateMask);
        var options = Conditions(context, request.Organization.Etag, "organization.etag");
        var outcome = await organizations.UpdateAsync(id, patch, context.GetCaller().AsServer, options, context.CancellationToken);

        EtagHeader.Set(context, outcome.Organization!.Etag);
        return new UpdateOrganizationResponse
        {
            Organization = OrganizationMessages.ToMessage(outcome.Organization!),
            Unchanged = outcome.Kind == OrganizationOutcomeKind.Unchanged,
        };
    }

    public override async Task<ListOrganizationsResponse> ListOrganizations(ListOrganizationsRequest request, ServerCallContext context)
    {
        var page = await organizations.ListAsync(
            new PageRequest(request.PageSize, request.PageToken, OrderBy: string.Empty), context.CancellationToken);
        return new ListOrganizationsResponse
        {
            Organizations = { page.Items.Select(OrganizationMessages.ToMessage) },
            NextPageToken = page.NextPageToken,
        };
    }

    public override async Task<DeleteOrganizationResponse> DeleteOrganization(DeleteOrganizationRequest request, ServerCallContext context)
    {
        var id = Reach(context, request.OrganizationId);
        var options = Conditions(context, request.Etag, "etag");
        await organizations.DeleteAsync(id, request.Force, context.GetCaller().AsServer, options, context.CancellationToken);
        return new DeleteOrganizationResponse();
    }

    private static WriteOptions Conditions(ServerCallContext context, string etag, string etagField) =>
        RequestConditions.Read(context, etag, requestId: string.Empty, mustExist: true, etagField);

    // Whether there is another organization than the caller's own, or could be, is nothing for it to learn.
    private static OrganizationId Reach(ServerCallContext context, string text)
    {
        var caller = context.GetCaller();
        if (text == caller.Organization.Value)
            return caller.Organization;
        if (!caller.Has(Permissions.PlatformAdmin))
            throw Caller.Forbidden();
        return OrganizationId.TryParse(text, out var id) ? id : throw ProfilesException.Invalid("organization_id", OrganizationId.Rule);
    }
}
