using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Api;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.EndToEnd.Tests.Reflection;
using Profiles.Pictures.Tests;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Access.Matrix;

/// <summary>What a call is about: a user, an organization, and a key and an application of it.</summary>
internal sealed record Target(string Organization, string User, string KeyId, string ApplicationId);

/// <summary>A request for each RPC of the contract that succeeds for whoever may call it.</summary>
internal static class MatrixCalls
{
    private static readonly Profile Change = new() { Locale = "de-CH" };

    // What every maker may hand on: a public key has no permissions, and an application gets one that all makers have.
    private static readonly ApiKey NewKey = new() { Type = ApiKeyType.Public };
    private static readonly HttpBody Image = new() { Data = ByteString.CopyFrom(TestImages.Png(64, 64)) };
    private static readonly Application NewApplication = new() { Permissions = { "credentials.write" } };

    private static readonly Dictionary<string, Func<Target, IMessage>> Requests = new(StringComparer.Ordinal)
    {
        ["GetMyProfile"] = _ => new GetMyProfileRequest(),
        ["UpdateMyProfile"] = _ => new UpdateMyProfileRequest { Profile = Change },
        ["ListMyProfileChanges"] = _ => new ListMyProfileChangesRequest(),
        ["GetProfile"] = target => new GetProfileRequest { UserId = target.User },
        ["BatchGetProfiles"] = target => new BatchGetProfilesRequest { UserIds = { target.User } },
        ["ListProfiles"] = _ => new ListProfilesRequest(),
        ["ListProfileChanges"] = target => new ListProfileChangesRequest { UserId = target.User },
        ["SetProfile"] = Set,
        ["BatchSetProfiles"] = target => new BatchSetProfilesRequest { Requests = { Set(target) } },
        ["DeleteProfile"] = target => new DeleteProfileRequest { UserId = target.User },
        ["SetMyPicture"] = _ => new SetMyPictureRequest { Image = Image },
        ["SetMyPictureStream"] = _ => new SetMyPictureStreamRequest { Data = Image.Data },
        ["RemoveMyPicture"] = _ => new RemoveMyPictureRequest(),
        ["SetPicture"] = target => new SetPictureRequest { UserId = target.User, Image = Image },
        ["SetPictureStream"] = target => new SetPictureStreamRequest { UserId = target.User, Data = Image.Data },
        ["RemovePicture"] = target => new RemovePictureRequest { UserId = target.User },
        ["GetPicture"] = target => new GetPictureRequest { PictureId = PictureOf(target.Organization) },
        ["CheckUsername"] = _ => new CheckUsernameRequest { Username = "somebody" },
        ["DenyUsernames"] = _ => new DenyUsernamesRequest { Usernames = { ["denied"] = "" } },
        ["AllowUsernames"] = _ => new AllowUsernamesRequest { Usernames = { "denied" } },
        ["ReplaceDenylist"] = _ => new ReplaceDenylistRequest { Usernames = { "denied" } },
        ["ReplaceDenylistStream"] = _ => new ReplaceDenylistStreamRequest { Usernames = { "denied" } },
        ["ListDeniedUsernames"] = _ => new ListDeniedUsernamesRequest(),
        ["CreateOrganization"] = _ => new CreateOrganizationRequest
        {
            Organization = new Organization { OrganizationId = SharedServer.NewOrganizationId() },
        },
        ["GetOrganization"] = target => new GetOrganizationRequest { OrganizationId = target.Organization },
        ["UpdateOrganization"] = target => new UpdateOrganizationRequest
        {
            OrganizationId = target.Organization,
            Organization = new Organization { DisplayName = "Changed" },
        },
        ["ListOrganizations"] = _ => new ListOrganizationsRequest(),
        ["DeleteOrganization"] = target => new DeleteOrganizationRequest { OrganizationId = target.Organization },
        ["CreateApiKey"] = _ => new CreateApiKeyRequest { ApiKey = NewKey },
        ["GetApiKey"] = target => new GetApiKeyRequest { KeyId = target.KeyId },
        ["ListApiKeys"] = _ => new ListApiKeysRequest(),
        ["RotateApiKey"] = target => new RotateApiKeyRequest { KeyId = target.KeyId },
        ["RevokeApiKey"] = target => new RevokeApiKeyRequest { KeyId = target.KeyId },
        ["CreateApplication"] = _ => new CreateApplicationRequest { Application = NewApplication },
        ["GetApplication"] = target => new GetApplicationRequest { ApplicationId = target.ApplicationId },
        ["ListApplications"] = _ => new ListApplicationsRequest(),
        ["RotateApplicationSecret"] = target => new RotateApplicationSecretRequest { ApplicationId = target.ApplicationId },
        ["RevokeApplication"] = target => new RevokeApplicationRequest { ApplicationId = target.ApplicationId },
        ["ListAuditEvents"] = _ => new ListAuditEventsRequest(),
    };

    /// <summary>A request that gives a user the picture that the calls are about.</summary>
    public static SetPictureRequest SetPictureOf(string user) => new() { UserId = user, Image = Image };

    /// <summary>Whether everybody may call it, so that no credential is looked at.</summary>
    public static bool IsForEverybody(string rpc) => Find(rpc).GetOptions().GetExtension(AccessExtensions.Access).Everybody;

    /// <summary>Every RPC of our own contract.</summary>
    public static IEnumerable<MethodDescriptor> Methods => ServedContract.Own.SelectMany(service => service.Methods);

    /// <summary>The names of the RPCs.</summary>
    public static IEnumerable<string> Rpcs => Methods.Select(method => method.Name);

    /// <summary>The RPCs that have a request here.</summary>
    public static IEnumerable<string> Known => Requests.Keys;

    /// <summary>Whether the RPC can be called as REST: what takes a stream cannot.</summary>
    public static bool HasRest(string rpc) => !Find(rpc).IsClientStreaming;

    /// <summary>The request in both forms; one that takes a stream in gRPC's only, as a stream of one message.</summary>
    public static RpcExample Create(string rpc, Target target) => HasRest(rpc)
        ? RestForm.Of(Find(rpc), Requests[rpc](target))
        : new RpcExample(rpc, Requests[rpc](target), string.Empty, string.Empty) { Service = Find(rpc).Service.FullName };

    private static MethodDescriptor Find(string rpc) => Methods.Single(method => method.Name == rpc);

    private static string PictureOf(string organization) => $"{organization}~{Convert.ToHexStringLower(SHA256.HashData(Image.Data.Span))}";

    private static SetProfileRequest Set(Target target) => new() { UserId = target.User, Profile = Change };
}
