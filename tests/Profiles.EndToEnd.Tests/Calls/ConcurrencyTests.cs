using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Calls;

/// <summary>Writes that meet, and writes that are sent again.</summary>
internal sealed class ConcurrencyTests : ProfilesTest
{
    [Test]
    public async Task A_write_with_a_stale_etag_is_refused_over_both_protocols()
    {
        var first = await Grpc.UpdateMyProfileAsync(Update("one"), AsUser);
        await Grpc.UpdateMyProfileAsync(Update("two"), AsUser);

        var stale = Update("three");
        stale.Profile.Etag = first.Profile.Etag;
        var failure = await RpcErrors.FailureOf(Grpc.UpdateMyProfileAsync(stale, AsUser));
        var rest = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"three"}""", ("If-Match", $"\"{first.Profile.Etag}\""));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Aborted));
        Assert.That(failure.Reason(), Is.EqualTo("STALE_ETAG"));
        Assert.That(rest.Status, Is.EqualTo(412));
        Assert.That((await Grpc.GetMyProfileAsync(new GetMyProfileRequest(), AsUser)).Profile.Nickname, Is.EqualTo("two"));
    }

    [Test]
    public async Task A_write_with_the_current_etag_is_taken_over_both_protocols()
    {
        var first = await Grpc.UpdateMyProfileAsync(Update("one"), AsUser);
        var current = Update("two");
        current.Profile.Etag = first.Profile.Etag;
        await Grpc.UpdateMyProfileAsync(current, AsUser);
        var read = await RestAsync("GET", MyProfile, UserToken);

        var etag = read.Response.Headers.ETag!.ToString();
        var rest = await RestAsync("PUT", MyProfile, UserToken, """{"nickname":"three"}""", ("If-Match", $"\"1-00000000\", {etag}"));

        Assert.That(etag, Is.EqualTo($"\"{read.Json!["etag"]}\""));
        Assert.That(rest.Status, Is.EqualTo(200));
        Assert.That(rest.Response.Headers.ETag!.ToString(), Is.EqualTo($"\"{rest.Json!["profile"]!["etag"]}\""));
    }

    [Test]
    public async Task If_match_in_several_lines_is_one_list()
    {
        var first = await Grpc.UpdateMyProfileAsync(Update("one"), AsUser);
        string[] lines = [$"If-Match: \"{first.Profile.Etag}\"", "If-Match: \"1-00000000\""];

        var answer = await RawHttp.SendAsync(
            SharedServer.Server.Http, RawHttp.Request("PATCH", MyProfile, UserToken, """{"nickname":"two"}"""u8.ToArray(), lines));

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That((await Grpc.GetMyProfileAsync(new GetMyProfileRequest(), AsUser)).Profile.Nickname, Is.EqualTo("two"));
    }

    [TestCase("unquoted")]
    [TestCase("\"not-an-etag\"")]
    [TestCase("\"1-4f5340\"")]
    [TestCase("W/\"1-00000000\"")]
    [TestCase("\"1-00000000")]
    [TestCase("")]
    [TestCase("\"*\"")]
    [TestCase("*, \"1-00000000\"")]
    public async Task A_malformed_if_match_is_refused_as_such(string header)
    {
        await Grpc.UpdateMyProfileAsync(Update("one"), AsUser);

        var answer = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"two"}""", ("If-Match", header));

        Assert.That(answer.Status, Is.EqualTo(400), answer.Json?.ToString());
        Assert.That((await Grpc.GetMyProfileAsync(new GetMyProfileRequest(), AsUser)).Profile.Nickname, Is.EqualTo("one"));
    }

    [Test]
    public async Task An_etag_of_another_user_never_matches()
    {
        var bob = await RestAsync("PATCH", "/v1/profiles/bob", ServerToken, """{"nickname":"Bob"}""");
        await RestAsync("PATCH", "/v1/profiles/alice", ServerToken, """{"nickname":"Al"}""");

        var answer = await RestAsync(
            "PATCH", "/v1/profiles/alice", ServerToken, """{"nickname":"x"}""", ("If-Match", bob.Response.Headers.ETag!.ToString()));

        Assert.That(answer.Status, Is.EqualTo(412));
    }

    [Test]
    public async Task A_read_of_the_state_that_the_reader_has_is_answered_304()
    {
        await Grpc.UpdateMyProfileAsync(Update("one"), AsUser);
        var etag = (await RestAsync("GET", MyProfile, UserToken)).Response.Headers.ETag!.ToString();

        var same = await RestAsync("GET", MyProfile, UserToken, (string?)null, ("If-None-Match", etag));
        var weak = await RestAsync("GET", MyProfile, UserToken, (string?)null, ("If-None-Match", $"W/{etag}"));
        await Grpc.UpdateMyProfileAsync(Update("two"), AsUser);
        var changed = await RestAsync("GET", MyProfile, UserToken, (string?)null, ("If-None-Match", etag));

        Assert.That(same.Status, Is.EqualTo(304));
        Assert.That(same.Json, Is.Null);
        Assert.That(same.Response.Headers.ETag!.ToString(), Is.EqualTo(etag));
        Assert.That(weak.Status, Is.EqualTo(304));
        Assert.That(changed.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_retried_request_returns_the_first_outcome_and_has_no_second_effect()
    {
        const string id = "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988";
        var first = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"one"}""", ("Idempotency-Key", id));
        await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"two"}""");

        var again = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"one"}""", ("Idempotency-Key", $"\"{id}\""));
        var overGrpc = await Grpc.UpdateMyProfileAsync(Update("one", id.ToUpperInvariant()), AsUser);
        var other = await RpcErrors.FailureOf(Grpc.UpdateMyProfileAsync(Update("three", id), AsUser));
        var now = await Grpc.GetMyProfileAsync(new GetMyProfileRequest(), AsUser);

        Assert.That(again.Json!.ToJsonString(), Is.EqualTo(first.Json!.ToJsonString()));
        Assert.That(overGrpc.Profile.Revision, Is.EqualTo(1));
        Assert.That(other.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(other.Reason(), Is.EqualTo("REQUEST_ID_REUSED"));
        Assert.That(other.ViolatedFields(), Is.EqualTo((string[])["request_id"]));
        Assert.That(now.Profile.Nickname, Is.EqualTo("two"));
        Assert.That(now.Profile.Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task A_request_id_of_one_user_is_refused_for_another()
    {
        var id = Guid.CreateVersion7().ToString();
        await RestAsync("PATCH", "/v1/profiles/bob", ServerToken, """{"nickname":"one"}""", ("Idempotency-Key", id));

        var overRest = await RestAsync("PATCH", "/v1/profiles/carol", ServerToken, """{"nickname":"one"}""", ("Idempotency-Key", id));
        var overGrpc = await RpcErrors.FailureOf(Grpc.DeleteProfileAsync(
            new DeleteProfileRequest { UserId = "carol", RequestId = id }, AsServer));
        var carol = await RestAsync("GET", "/v1/profiles/carol", ServerToken);

        Assert.That((overRest.Status, overRest.Reason), Is.EqualTo((400, "REQUEST_ID_REUSED")));
        Assert.That(overGrpc.Reason(), Is.EqualTo("REQUEST_ID_REUSED"));
        Assert.That(carol.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_request_id_that_is_no_uuid_is_refused()
    {
        var failure = await RpcErrors.FailureOf(Grpc.UpdateMyProfileAsync(Update("x", "42"), AsUser));

        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["request_id"]));
    }

    [Test]
    public async Task Duplicates_of_a_request_that_run_at_once_have_one_effect()
    {
        const string id = "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7989";
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Grpc.UpdateMyProfileAsync(Update("one", id), AsUser).ResponseAsync));

        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
        Assert.That(answers[0].Profile.Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Sixty_four_callers_updating_one_profile_at_once_lose_no_update()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? UpdateOverGrpcAsync(i) : UpdateOverRestAsync(i)));

        var profile = (await Grpc.GetMyProfileAsync(new GetMyProfileRequest(), AsUser)).Profile;
        var changes = await Grpc.ListMyProfileChangesAsync(new ListMyProfileChangesRequest { PageSize = 100 }, AsUser);
        Assert.That(profile.Attributes, Has.Count.EqualTo(64));
        Assert.That(profile.Revision, Is.EqualTo(64));
        Assert.That(changes.Changes.Select(change => change.Revision), Is.EqualTo(Enumerable.Range(1, 64)));
        Assert.That(
            changes.Changes.SelectMany(change => change.ChangedFields),
            Is.EquivalentTo(Enumerable.Range(0, 64).Select(i => $"attributes.k{i}")));
    }

    private async Task UpdateOverGrpcAsync(int i)
    {
        var request = new UpdateMyProfileRequest
        {
            Profile = new Profile { Attributes = { [$"k{i}"] = $"{i}" } },
            UpdateMask = new() { Paths = { $"attributes.k{i}" } },
        };
        await Grpc.UpdateMyProfileAsync(request, AsUser);
    }

    private async Task UpdateOverRestAsync(int i)
    {
        var answer = await RestAsync("PATCH", MyProfile, UserToken, $"{{\"attributes\":{{\"k{i}\":\"{i}\"}}}}");
        Assert.That(answer.Status, Is.EqualTo(200));
    }

    private static UpdateMyProfileRequest Update(string nickname, string requestId = "") =>
        new() { Profile = new Profile { Nickname = nickname }, RequestId = requestId };
}
