using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Storage;
using Profiles.Core.Usernames;
using Profiles.Server.Tests.Services;

namespace Profiles.Server.Tests.Dialects;

/// <summary>A call of a dialect costs at most as many round trips as ours: one, or none.</summary>
internal sealed class DialectRoundTripTests
{
    private static readonly string[] OtherServices = ["/profiles.", "/grpc."];

    // A request that succeeds for each method of a dialect, and how many round trips it costs.
    private static readonly Dictionary<string, (string Request, int RoundTrips)> Calls = new(StringComparer.Ordinal)
    {
        ["/zitadel.auth.v1.AuthService/Healthz"] = ("{}", 0),
        ["/zitadel.auth.v1.AuthService/GetMyUser"] = ("{}", 1),
        ["/zitadel.auth.v1.AuthService/GetMyProfile"] = ("{}", 1),
        ["/zitadel.auth.v1.AuthService/UpdateMyProfile"] = ("""{"firstName":"A","lastName":"B","displayName":"C"}""", 1),
        ["/zitadel.auth.v1.AuthService/RemoveMyAvatar"] = ("{}", 1),
        ["/hivemp.v1.UserAccountService/GetProfile"] = ("""{"id":"alice"}""", 1),
        ["/hivemp.v1.UserAccountService/UpdateProfile"] = ("""{"id":"alice","profileUpdate":{"displayName":"A"}}""", 1),
        ["/epixel.v1.UserService/GetProfile"] = ("{}", 1),
        ["/epixel.v1.UserService/UpdateProfile"] = ("""{"email":"a@b.example"}""", 1),
        ["/epixel.v1.UserService/GetLocalInfo"] = ("{}", 1),
        ["/nexconn.v4.UserProfileService/SetUserProfile"] = ("""{"userId":"alice","userProfile":{"name":"A"}}""", 1),
        ["/nexconn.v4.UserProfileService/BatchGetUserProfiles"] = ("""{"userIds":["alice","bob"]}""", 1),
        ["/nexconn.v4.UserProfileService/ListUserProfiles"] = ("{}", 1),
        ["/nexconn.v4.UserProfileService/DeleteUserProfiles"] = ("""{"userIds":["alice","bob"]}""", 1),
        ["/nexconn.v4.ProfileFormService/SetProfile"] = ("""{"userId":"alice","userProfile":"{\"name\":\"A\"}"}""", 1),
        ["/nexconn.v4.ProfileFormService/BatchQueryProfiles"] = ("""{"userId":["alice","bob"]}""", 1),
        ["/nexconn.v4.ProfileFormService/QueryProfiles"] = ("{}", 1),
        ["/nexconn.v4.ProfileFormService/CleanProfiles"] = ("""{"userId":["alice","bob"]}""", 1),
        ["/m2.v1.ProfileService/GetProfile"] = ("{}", 1),
        ["/m2.v1.ProfileService/UpsertProfile"] = ("""{"profile":{"username":"alice_1"}}""", 1),
        // Each name is a transaction of its own, as it is natively.
        ["/m2.v1.DenylistService/DenyUsernames"] = ("""{"usernames":{"banned":"","worse":""}}""", 2),
        ["/m2.v1.DenylistService/DeleteDeniedUsernames"] = ("""{"usernames":["banned","worse"]}""", 1),
        ["/m2.v1.DenylistService/OverwriteDenylist"] = ("""{"usernames":["banned","worse"]}""", 1),
        ["/epixel.v1.UserService/IssueEmailToken"] = ("""{"user_id":"alice","email":"a@b.example"}""", 0),
    };

    // Calls the use case of our own API itself, and nothing else.
    private static readonly string[] SameUseCase = ["/epixel.v1.ProfileImageService/UploadProfileImage"];

    private static IEnumerable<string> Methods => Calls.Keys;

    private CountingStore store = null!;
    private WebApplication app = null!;

    [SetUp]
    public void BuildServer()
    {
        store = new CountingStore();
        app = BuiltServer.Build(services => services.AddSingleton<IProfileStore>(store).AddSingleton<IUsernameStore>(store));
    }

    [TearDown]
    public async Task DisposeServer() => await app.DisposeAsync();

    [Test]
    public void Every_method_is_there() =>
        Assert.That(MethodsOf(app).Select(method => method.Method.FullName), Is.EquivalentTo(Calls.Keys.Concat(SameUseCase)));

    [TestCaseSource(nameof(Methods))]
    public async Task A_call_costs_no_more_round_trips_than_ours(string method)
    {
        var (request, expected) = Calls[method];
        var served = MethodsOf(app).Single(served => served.Method.FullName == method);

        await BuiltServer.CallAsync(app, served, type => JsonParser.Default.Parse(request, BuiltServer.DescriptorOf(type)), CancellationToken.None);

        Assert.That(store.RoundTrips, Is.EqualTo(expected));
    }

    private static IEnumerable<GrpcMethodMetadata> MethodsOf(WebApplication app) => BuiltServer.MethodsOf(app)
        .Where(method => !Array.Exists(OtherServices, other => method.Method.FullName.StartsWith(other, StringComparison.Ordinal)));
}
