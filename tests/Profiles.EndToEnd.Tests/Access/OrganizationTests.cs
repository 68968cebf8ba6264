using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>The same user id in two organizations is two users, on every RPC.</summary>
internal sealed class OrganizationTests : ProfilesTest
{
    private const string Marker = "only-in-the-first";

    private string otherOrganization = string.Empty;
    private string otherToken = string.Empty;

    private static IEnumerable<string> Rpcs => ProfileService.Descriptor.Methods.Select(method => method.Name);

    [SetUp]
    public async Task CreateAliceInTheFirstOrganization()
    {
        otherOrganization = await SharedServer.NewOrganizationAsync();
        otherToken = SharedServer.Mint.Mint(otherOrganization, "alice", "profiles.read", "profiles.write");
        await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = new Profile { Nickname = Marker } }, AsServer);
    }

    [TestCaseSource(nameof(Rpcs))]
    public async Task A_caller_of_another_organization_sees_and_changes_nothing(string rpc)
    {
        var before = await ReadFirst();

        var seen = await AnswerOf(EveryRpc.Find(rpc));

        Assert.That(seen, Does.Not.Contain(Marker));
        Assert.That(seen, Does.Not.Contain(Organization));
        Assert.That(await ReadFirst(), Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Rpcs))]
    public async Task A_record_of_the_same_name_is_another_one(string rpc)
    {
        await Grpc.SetProfileAsync(
            new SetProfileRequest { UserId = "alice", Profile = new Profile { GivenName = "Other" } }, As(otherToken));
        var before = await ReadFirst();

        var seen = await AnswerOf(EveryRpc.Find(rpc));

        Assert.That(seen, Does.Not.Contain(Marker));
        Assert.That(await ReadFirst(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_page_token_of_one_organization_shows_nothing_of_it_in_another()
    {
        await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "bob", Profile = new Profile { Nickname = Marker } }, AsServer);
        var page = await Grpc.ListProfilesAsync(new ListProfilesRequest { PageSize = 1 }, AsServer);

        var seen = await AnswerOf(new RpcExample("ListProfiles", new ListProfilesRequest { PageToken = page.NextPageToken }, "", ""));

        Assert.That(page.NextPageToken, Is.Not.Empty);
        Assert.That(seen, Does.Not.Contain(Marker));
    }

    [Test]
    public async Task A_request_id_of_one_organization_means_nothing_in_another()
    {
        const string id = "6f1c1c1e-1111-4222-8333-444455556666";
        var request = new SetProfileRequest { UserId = "alice", Profile = new Profile { Nickname = Marker }, RequestId = id };
        var other = request.Clone();
        other.Profile.Nickname = "Another";

        await Grpc.SetProfileAsync(request, AsServer);
        var written = await Grpc.SetProfileAsync(other, As(otherToken));

        Assert.That(written.Profile.Nickname, Is.EqualTo("Another"));
        Assert.That(written.Profile.Revision, Is.EqualTo(1));
        Assert.That(written.Profile.OrganizationId, Is.EqualTo(otherOrganization));
    }

    [Test]
    public async Task The_organization_of_the_token_counts_and_not_one_in_the_request()
    {
        var failure = await RpcErrors.FailureOf(Grpc.SetProfileAsync(
            new SetProfileRequest { UserId = "alice", Profile = new Profile { OrganizationId = Organization, Nickname = "Al" } },
            As(otherToken, ("organization-id", Organization), ("x-organization", Organization))));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["profile.organization_id"]));
    }

    private async Task<Profile> ReadFirst() =>
        (await Grpc.GetProfileAsync(new GetProfileRequest { UserId = "alice" }, AsServer)).Profile;

    // The answer's bytes, or the error's: what a caller could read in either.
    private async Task<string> AnswerOf(RpcExample example)
    {
        try
        {
            return Encoding.UTF8.GetString(await Invoker.CallRaw(example, As(otherToken)));
        }
        catch (RpcException exception)
        {
            return $"{exception.Status.Detail} {exception.RichStatus().ToByteString().ToStringUtf8()}";
        }
    }
}
