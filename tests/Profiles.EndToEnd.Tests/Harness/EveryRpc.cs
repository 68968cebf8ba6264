using Google.Protobuf;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>A request in both forms.</summary>
internal sealed record RpcExample(string Rpc, IMessage Request, string HttpMethod, string Path, string? Body = null)
{
    /// <summary>The service's full name.</summary>
    public string Service { get; init; } = ProfileService.Descriptor.FullName;

    /// <summary>The body, where it is no JSON.</summary>
    public byte[]? RawBody { get; init; }

    public override string ToString() => Rpc;
}

/// <summary>
/// One request for each RPC on profiles that succeeds for the user <c>alice</c> when she has a profile. A test fails when one is missing.
/// </summary>
internal static class EveryRpc
{
    public const string NewNickname = "Ally";

    private static readonly Profile Change = new() { Nickname = NewNickname };

    public static IReadOnlyList<RpcExample> Examples { get; } =
    [
        new("GetMyProfile", new GetMyProfileRequest(), "GET", "/v1/users/me/profile"),
        new(
            "UpdateMyProfile",
            new UpdateMyProfileRequest { Profile = Change },
            "PATCH", "/v1/users/me/profile", """{"nickname":"Ally"}"""),
        new("ListMyProfileChanges", new ListMyProfileChangesRequest(), "GET", "/v1/users/me/changes"),
        new("GetProfile", new GetProfileRequest { UserId = "alice" }, "GET", "/v1/profiles/alice"),
        new(
            "BatchGetProfiles",
            new BatchGetProfilesRequest { UserIds = { "alice" } },
            "POST", "/v1/profiles:batchGet", """{"userIds":["alice"]}"""),
        new("ListProfiles", new ListProfilesRequest(), "GET", "/v1/profiles"),
        new("ListProfileChanges", new ListProfileChangesRequest { UserId = "alice" }, "GET", "/v1/profiles/alice/changes"),
        new(
            "SetProfile",
            new SetProfileRequest { UserId = "alice", Profile = Change },
            "PATCH", "/v1/profiles/alice", """{"nickname":"Ally"}"""),
        new(
            "BatchSetProfiles",
            new BatchSetProfilesRequest { Requests = { new SetProfileRequest { UserId = "alice", Profile = Change } } },
            "POST", "/v1/profiles:batchSet", """{"requests":[{"userId":"alice","profile":{"nickname":"Ally"}}]}"""),
        new("DeleteProfile", new DeleteProfileRequest { UserId = "alice" }, "DELETE", "/v1/profiles/alice"),
    ];

    public static RpcExample Find(string rpc) => Examples.Single(example => example.Rpc == rpc);
}
