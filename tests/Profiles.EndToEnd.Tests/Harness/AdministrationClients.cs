using Grpc.Core;
using Grpc.Net.Client;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>A platform administrator who may do everything, to set things up and to look at them.</summary>
internal sealed class AdministrationClients : IDisposable
{
    private readonly GrpcChannel channel;
    private readonly string token;

    public AdministrationClients(ServerProcess server, TokenMint mint)
    {
        channel = GrpcChannel.ForAddress(server.Grpc);
        token = mint.Mint("demo", "operator", "platform.admin", "profiles.read", "profiles.write");
        Invoker = channel.CreateCallInvoker();
        Profiles = new ProfileService.ProfileServiceClient(Invoker);
        Pictures = new PictureService.PictureServiceClient(Invoker);
        Organizations = new OrganizationService.OrganizationServiceClient(Invoker);
        Credentials = new CredentialService.CredentialServiceClient(Invoker);
        Audit = new AuditService.AuditServiceClient(Invoker);
    }

    public CallInvoker Invoker { get; }

    public ProfileService.ProfileServiceClient Profiles { get; }

    public PictureService.PictureServiceClient Pictures { get; }

    public OrganizationService.OrganizationServiceClient Organizations { get; }

    public CredentialService.CredentialServiceClient Credentials { get; }

    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>The administrator in an organization.</summary>
    public CallOptions In(string organization) => ProfilesTest.As(token, ("x-organization-id", organization));

    public async Task CreateOrganizationAsync(string id) =>
        await Organizations.CreateOrganizationAsync(
            new CreateOrganizationRequest { Organization = new Organization { OrganizationId = id } }, In("demo"));

    public async Task<CreateApiKeyResponse> CreateKeyAsync(string organization, ApiKey key, string imported = "")
    {
        var created = await Credentials.CreateApiKeyAsync(new CreateApiKeyRequest { ApiKey = key, ImportedKey = imported }, In(organization));
        SharedServer.UsedSecrets.Add(created.Key);
        return created;
    }

    public async Task<CreateApplicationResponse> CreateApplicationAsync(string organization, params string[] permissions)
    {
        var request = new CreateApplicationRequest { Application = new Application { Permissions = { permissions } } };
        var created = await Credentials.CreateApplicationAsync(request, In(organization));
        SharedServer.UsedSecrets.Add(created.AppSecret);
        return created;
    }

    /// <summary>Gives users of an organization a profile that names the organization, whether they have one or not.</summary>
    public async Task SetProfilesAsync(string organization, params string[] users)
    {
        var request = new BatchSetProfilesRequest();
        foreach (var user in users)
            request.Requests.Add(new SetProfileRequest { UserId = user, Profile = new Profile { Nickname = organization } });
        var answer = await Profiles.BatchSetProfilesAsync(request, In(organization));
        Assert.That(answer.Outcomes.Select(outcome => outcome.Error), Is.All.Null);
    }

    /// <summary>All that a call could have changed in an organization, as text.</summary>
    public async Task<string> DescribeAsync(string organization)
    {
        var options = In(organization);
        object[] state =
        [
            await Organizations.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = organization }, options),
            await Profiles.ListProfilesAsync(new ListProfilesRequest(), options),
            await Audit.ListAuditEventsAsync(new ListAuditEventsRequest { OrderBy = "event_time desc", PageSize = 10 }, options),
        ];
        return string.Join('\n', state);
    }

    public void Dispose() => channel.Dispose();
}
