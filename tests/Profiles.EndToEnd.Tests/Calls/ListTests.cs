using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Calls;

/// <summary>Lists, batches, history and deletion.</summary>
internal sealed class ListTests : ProfilesTest
{
    [TestCase("create_time")]
    [TestCase("create_time desc")]
    public async Task Going_through_the_pages_returns_every_profile_once_while_others_are_written(string order)
    {
        await CreateAsync(Enumerable.Range(0, 23).Select(i => $"u{i:00}"));
        var seen = new List<string>();
        var request = new ListProfilesRequest { PageSize = 5, OrderBy = order };
        do
        {
            var page = await Grpc.ListProfilesAsync(request, AsServer);
            seen.AddRange(page.Profiles.Select(profile => profile.UserId));
            request.PageToken = page.NextPageToken;
            await CreateAsync([$"later{seen.Count}"]);
            await Grpc.SetProfileAsync(Set(seen[0], "touched"), AsServer);
        }
        while (request.PageToken.Length > 0);

        var expected = Enumerable.Range(0, 23).Select(i => $"u{i:00}");
        Assert.That(seen, Is.Unique);
        Assert.That(
            seen.Where(user => user.StartsWith('u')), Is.EqualTo(order.EndsWith("desc", StringComparison.Ordinal) ? expected.Reverse() : expected));
    }

    [Test]
    public async Task A_page_token_serves_its_own_query_only()
    {
        await CreateAsync(["a", "b", "c"]);
        var token = (await Grpc.ListProfilesAsync(new ListProfilesRequest { PageSize = 1 }, AsServer)).NextPageToken;
        var otherOrganization = SharedServer.Mint.Mint(await SharedServer.NewOrganizationAsync(), "backend", "profiles.read");

        var reversed = await RpcErrors.FailureOf(
            Grpc.ListProfilesAsync(new ListProfilesRequest { PageToken = token, OrderBy = "create_time desc" }, AsServer));
        var foreign = await RpcErrors.FailureOf(
            Grpc.ListProfilesAsync(new ListProfilesRequest { PageToken = token }, As(otherOrganization)));
        var altered = await RpcErrors.FailureOf(
            Grpc.ListProfilesAsync(new ListProfilesRequest { PageToken = token[..^2] + "AA" }, AsServer));
        var elsewhere = await RpcErrors.FailureOf(
            Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "a", PageToken = token }, AsServer));

        foreach (var failure in (RpcException[])[reversed, foreign, altered, elsewhere])
            Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["page_token"]));
    }

    [TestCase("pageSize=101", "page_size")]
    [TestCase("pageSize=-1", "page_size")]
    [TestCase("orderBy=name", "order_by")]
    [TestCase("pageToken=x", "page_token")]
    public async Task A_bad_page_is_refused(string query, string field)
    {
        var answer = await RestAsync("GET", $"/v1/profiles?{query}", ServerToken);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])[field]));
    }

    [Test]
    public async Task A_misspelt_query_parameter_is_refused_with_the_nearest_name()
    {
        var answer = await RestAsync("GET", "/v1/profiles?pageSzie=3", ServerToken);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json!["message"]!.GetValue<string>(), Does.Contain("pageSize"));
    }

    [Test]
    public async Task A_batch_read_returns_what_exists_and_names_what_does_not()
    {
        await CreateAsync(["a", "b", "c"]);

        var answer = await RestAsync("POST", "/v1/profiles:batchGet", ServerToken, """{"userIds":["c","x","a","c","y"]}""");

        Assert.That(answer.Json!["profiles"]!.AsArray().Select(p => p!["userId"]!.GetValue<string>()), Is.EqualTo((string[])["c", "a"]));
        Assert.That(answer.Json["missingUserIds"]!.AsArray().Select(id => id!.GetValue<string>()), Is.EqualTo((string[])["x", "y"]));
    }

    [TestCase(0)]
    [TestCase(101)]
    public async Task A_batch_of_the_wrong_size_is_refused(int size)
    {
        var get = new BatchGetProfilesRequest { UserIds = { Enumerable.Range(0, size).Select(i => $"u{i}") } };
        var set = new BatchSetProfilesRequest { Requests = { Enumerable.Range(0, size).Select(i => Set($"u{i}", "x")) } };

        var badGet = await RpcErrors.FailureOf(Grpc.BatchGetProfilesAsync(get, AsServer));
        var badSet = await RpcErrors.FailureOf(Grpc.BatchSetProfilesAsync(set, AsServer));

        Assert.That(badGet.ViolatedFields(), Is.EqualTo((string[])["user_ids"]));
        Assert.That(badSet.ViolatedFields(), Is.EqualTo((string[])["requests"]));
    }

    [Test]
    public async Task A_bad_id_in_a_batch_is_named_by_its_index()
    {
        var answer = await RestAsync("POST", "/v1/profiles:batchGet", ServerToken, """{"userIds":["a","b c"]}""");

        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])["user_ids[1]"]));
    }

    [Test]
    public async Task Each_call_of_a_batch_write_has_its_own_outcome()
    {
        await CreateAsync(["a"]);
        var stale = Set("a", "stale");
        stale.Profile.Etag = "1-00000000";
        var missing = Set("b", "missing");
        missing.MustExist = true;

        var answer = await Grpc.BatchSetProfilesAsync(
            new BatchSetProfilesRequest
            {
                Requests = { Set("c", "new"), stale, missing, Set("d", "bad\u0007"), Set("c", "twice"), Set("no id", "x") },
            },
            AsServer);

        var outcomes = answer.Outcomes;
        Assert.That(outcomes.Select(outcome => outcome.UserId), Is.EqualTo((string[])["c", "a", "b", "d", "c", "no id"]));
        Assert.That(outcomes[0].Response.Profile.Nickname, Is.EqualTo("new"));
        Assert.That(outcomes[1].Error.Code, Is.EqualTo((int)StatusCode.Aborted));
        Assert.That(outcomes[2].Error.Code, Is.EqualTo((int)StatusCode.NotFound));
        Assert.That(outcomes[3].Error.ViolatedFields(), Is.EqualTo((string[])["profile.nickname"]));
        Assert.That(outcomes[4].Error.ViolatedFields(), Is.EqualTo((string[])["user_id"]));
        Assert.That(outcomes[5].Error.ViolatedFields(), Is.EqualTo((string[])["user_id"]));
        var read = await Grpc.BatchGetProfilesAsync(new BatchGetProfilesRequest { UserIds = { "a", "b", "c", "d" } }, AsServer);
        Assert.That(read.Profiles.Select(profile => profile.Nickname), Is.EqualTo((string[])["a", "new"]));
    }

    [Test]
    public async Task Headers_that_bind_one_write_are_refused_on_a_batch()
    {
        var answer = await RestAsync(
            "POST", "/v1/profiles:batchSet", ServerToken, """{"requests":[{"userId":"a","profile":{}}]}""",
            ("Idempotency-Key", "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988"));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])["idempotency-key"]));
    }

    [Test]
    public async Task Deleting_erases_the_values_keeps_the_facts_and_the_record_can_come_back()
    {
        await RestAsync("PATCH", MyProfile, UserToken, """{"givenName":"Alice","attributes":{"secret":"sesame"}}""");
        await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"Al"}""");

        var deleted = await RestAsync("DELETE", "/v1/profiles/alice", ServerToken);
        var read = await RestAsync("GET", MyProfile, UserToken);
        var twice = await RestAsync("DELETE", "/v1/profiles/alice", ServerToken);
        var anew = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"Ally"}""");
        var changes = await RestAsync("GET", "/v1/profiles/alice/changes?orderBy=revision%20desc", ServerToken);

        Assert.That(deleted.Json!["details"]!["sequence"]!.GetValue<string>(), Is.EqualTo("3"));
        Assert.That(read.Status, Is.EqualTo(404));
        Assert.That(twice.Status, Is.EqualTo(404));
        Assert.That(anew.Json!["profile"]!["revision"]!.GetValue<string>(), Is.EqualTo("4"));
        Assert.That(anew.Json["profile"]!["givenName"], Is.Null);
        var list = changes.Json!["changes"]!.AsArray();
        Assert.That(list.Select(change => change!["type"]!.GetValue<string>()), Is.EqualTo((string[])
        [
            "PROFILE_CHANGE_TYPE_CREATED", "PROFILE_CHANGE_TYPE_DELETED", "PROFILE_CHANGE_TYPE_UPDATED", "PROFILE_CHANGE_TYPE_CREATED",
        ]));
        Assert.That(list[0]!["values"]!["nickname"]!.GetValue<string>(), Is.EqualTo("Ally"));
        Assert.That(list[3]!["changedFields"]!.ToJsonString(), Is.EqualTo("""["given_name","attributes"]"""));
        Assert.That(changes.Json.ToJsonString(), Does.Not.Contain("Alice").And.Not.Contain("sesame").And.Not.Contain("secret"));
        Assert.That(list[1]!["actor"]!.ToJsonString(), Is.EqualTo("""{"type":"ACTOR_TYPE_SERVER","id":"backend"}"""));
    }

    [Test]
    public async Task A_deletion_can_be_guarded_and_retried()
    {
        var first = await Grpc.SetProfileAsync(Set("a", "one"), AsServer);
        await Grpc.SetProfileAsync(Set("a", "two"), AsServer);
        var stale = await RpcErrors.FailureOf(
            Grpc.DeleteProfileAsync(new DeleteProfileRequest { UserId = "a", Etag = first.Profile.Etag }, AsServer));
        var request = new DeleteProfileRequest { UserId = "a", RequestId = "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7990" };

        var deleted = await Grpc.DeleteProfileAsync(request, AsServer);
        var again = await Grpc.DeleteProfileAsync(request, AsServer);

        Assert.That(stale.StatusCode, Is.EqualTo(StatusCode.Aborted));
        Assert.That(again, Is.EqualTo(deleted));
    }

    [Test]
    public async Task The_history_of_somebody_unknown_is_not_found()
    {
        var answer = await RestAsync("GET", "/v1/profiles/nobody/changes", ServerToken);

        Assert.That(answer.Status, Is.EqualTo(404));
    }

    private async Task CreateAsync(IEnumerable<string> users)
    {
        foreach (var user in users)
            await Grpc.SetProfileAsync(Set(user, user), AsServer);
    }

    private static SetProfileRequest Set(string user, string nickname) =>
        new() { UserId = user, Profile = new Profile { Nickname = nickname } };
}
