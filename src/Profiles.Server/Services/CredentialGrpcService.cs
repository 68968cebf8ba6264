using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Server.Access;
using Profiles.V1;

namespace Profiles.Server.Services;

/// <summary>Serves <c>profiles.v1.CredentialService</c>: reads messages, calls the use cases, writes messages.</summary>
internal sealed class CredentialGrpcService(ApiKeyManager apiKeys, ApplicationManager applications)
    : CredentialService.CredentialServiceBase
{
    public override async Task<CreateApiKeyResponse> CreateApiKey(CreateApiKeyRequest request, ServerCallContext context)
    {
        var draft = CredentialReader.ReadDraft(request);
        var (key, text) = await apiKeys.CreateAsync(OrganizationOf(context), draft, GrantorOf(context), context.CancellationToken);
        return new CreateApiKeyResponse { ApiKey = CredentialMessages.ToMessage(key), Key = text };
    }

    public override async Task<GetApiKeyResponse> GetApiKey(GetApiKeyRequest request, ServerCallContext context)
    {
        var id = CredentialReader.ReadId("key_id", request.KeyId);
        var key = await apiKeys.GetAsync(OrganizationOf(context), id, context.CancellationToken);
        return new GetApiKeyResponse { ApiKey = CredentialMessages.ToMessage(key) };
    }

    public override async Task<ListApiKeysResponse> ListApiKeys(ListApiKeysRequest request, ServerCallContext context)
    {
        var page = new PageRequest(request.PageSize, request.PageToken, OrderBy: string.Empty);
        var keys = await apiKeys.ListAsync(OrganizationOf(context), page, context.CancellationToken);
        return new ListApiKeysResponse { ApiKeys = { keys.Items.Select(CredentialMessages.ToMessage) }, NextPageToken = keys.NextPageToken };
    }

    public override async Task<RotateApiKeyResponse> RotateApiKey(RotateApiKeyRequest request, ServerCallContext context)
    {
        var (id, overlap) = (CredentialReader.ReadId("key_id", request.KeyId), ReadOverlap(request.Overlap));
        var (key, text) = await apiKeys.RotateAsync(OrganizationOf(context), id, overlap, GrantorOf(context), context.CancellationToken);
        return new RotateApiKeyResponse { ApiKey = CredentialMessages.ToMessage(key), Key = text };
    }

    public override async Task<RevokeApiKeyResponse> RevokeApiKey(RevokeApiKeyRequest request, ServerCallContext context)
    {
        var id = CredentialReader.ReadId("key_id", request.KeyId);
        var key = await apiKeys.RevokeAsync(OrganizationOf(context), id, GrantorOf(context), context.CancellationToken);
        return new RevokeApiKeyResponse { ApiKey = CredentialMessages.ToMessage(key) };
    }

    public override async Task<CreateApplicationResponse> CreateApplication(
        CreateApplicationRequest request, ServerCallContext context)
    {
        var draft = CredentialReader.ReadDraft(request);
        var (application, secret) = await applications.CreateAsync(
            OrganizationOf(context), draft, GrantorOf(context), context.CancellationToken);
        return new CreateApplicationResponse { Application = CredentialMessages.ToMessage(application), AppSecret = secret };
    }

    public override async Task<GetApplicationResponse> GetApplication(GetApplicationRequest request, ServerCallContext context)
    {
        var id = CredentialReader.ReadId("application_id", request.ApplicationId);
        var application = await applications.GetAsync(OrganizationOf(context), id, context.CancellationToken);
        return new GetApplicationResponse { Application = CredentialMessages.ToMessage(application) };
    }

    public override async Task<ListApplicationsResponse> ListApplications(
        ListApplicationsRequest request, ServerCallContext context)
    {
        var page = new PageRequest(request.PageSize, request.PageToken, OrderBy: string.Empty);
        var found = await applications.ListAsync(OrganizationOf(context), page, context.CancellationToken);
        return new ListApplicationsResponse
        {
            Applications = { found.Items.Select(CredentialMessages.ToMessage) },
            NextPageToken = found.NextPageToken,
        };
    }

    public override async Task<RotateApplicationSecretResponse> RotateApplicationSecret(
        RotateApplicationSecretRequest request, ServerCallContext context)
    {
        var (id, overlap) = (CredentialReader.ReadId("application_id", request.ApplicationId), ReadOverlap(request.Overlap));
        var (application, secret) = await applications.RotateAsync(
            OrganizationOf(context), id, overlap, GrantorOf(context), context.CancellationToken);
        return new RotateApplicationSecretResponse { Application = CredentialMessages.ToMessage(application), AppSecret = secret };
    }

    public override async Task<RevokeApplicationResponse> RevokeApplication(
        RevokeApplicationRequest request, ServerCallContext context)
    {
        var id = CredentialReader.ReadId("application_id", request.ApplicationId);
        var application = await applications.RevokeAsync(
            OrganizationOf(context), id, GrantorOf(context), context.CancellationToken);
        return new RevokeApplicationResponse { Application = CredentialMessages.ToMessage(application) };
    }

    private static OrganizationId OrganizationOf(ServerCallContext context) => context.GetCaller().Organization;

    private static Grantor GrantorOf(ServerCallContext context) => Grantor.Of(context.GetCaller(), context.GetHttpRequestId());

    private static TimeSpan ReadOverlap(Duration? overlap) => CredentialReader.ReadDuration("overlap", overlap) ?? TimeSpan.Zero;
}
