using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Calls;

/// <summary>What a write changes, what it leaves alone, and what it answers.</summary>
internal sealed class UpdateTests : ProfilesTest
{
    [Test]
    public async Task The_first_update_creates_the_record_and_a_read_before_it_finds_none()
    {
        var before = await RestAsync("GET", MyProfile, UserToken);
        var written = await RestAsync("PATCH", MyProfile, UserToken, """{"givenName":"Alice"}""");
        var read = await RestAsync("GET", MyProfile, UserToken);

        Assert.That(before.Status, Is.EqualTo(404));
        Assert.That(before.Reason, Is.EqualTo("PROFILE_NOT_FOUND"));
        Assert.That(written.Status, Is.EqualTo(200));
        Assert.That(written.Json!["profile"]!.ToJsonString(), Is.EqualTo(read.Json!.ToJsonString()));
        Assert.That(read.Json["userId"]!.GetValue<string>(), Is.EqualTo("alice"));
        Assert.That(read.Json["organizationId"]!.GetValue<string>(), Is.EqualTo(Organization));
        Assert.That(written.Json["details"]!["sequence"]!.GetValue<string>(), Is.EqualTo("1"));
        Assert.That(written.Json["details"]!["resourceOwner"]!.GetValue<string>(), Is.EqualTo(Organization));
        Assert.That(
            written.Json["details"]!["changeDate"]!.GetValue<string>(), Is.EqualTo(read.Json["changeTime"]!.GetValue<string>()));
    }

    [Test]
    public async Task Patch_changes_the_keys_that_are_present_and_null_clears()
    {
        await RestAsync("PATCH", MyProfile, UserToken, """{"givenName":"Alice","familyName":"Liddell","publiclyVisible":true}""");

        var patched = await RestAsync(
            "PATCH", MyProfile, UserToken, """{"given_name":null,"nickname":"Al","publiclyVisible":false}""");

        var profile = patched.Json!["profile"]!;
        Assert.That(profile["givenName"], Is.Null);
        Assert.That(profile["familyName"]!.GetValue<string>(), Is.EqualTo("Liddell"));
        Assert.That(profile["nickname"]!.GetValue<string>(), Is.EqualTo("Al"));
        Assert.That(profile["publiclyVisible"], Is.Null);
        Assert.That(profile["revision"]!.GetValue<string>(), Is.EqualTo("2"));
    }

    [Test]
    public async Task Patch_touches_single_attributes_and_put_replaces_them_all()
    {
        await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{"a":"1","b":"2","c":""}}""");
        var patched = await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{"b":null,"D_4":"4"}}""");
        var put = await RestAsync("PUT", MyProfile, UserToken, """{"attributes":{"e":"5"}}""");
        var untouched = await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{}}""");
        var emptied = await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":null}""");

        Assert.That(
            JsonNode.DeepEquals(patched.Json!["profile"]!["attributes"], JsonNode.Parse("""{"a":"1","c":"","D_4":"4"}""")), Is.True);
        Assert.That(put.Json!["profile"]!["attributes"]!.ToJsonString(), Is.EqualTo("""{"e":"5"}"""));
        Assert.That(untouched.Json!["unchanged"]!.GetValue<bool>(), Is.True);
        Assert.That(emptied.Json!["profile"]!["attributes"], Is.Null);
    }

    [Test]
    public async Task Put_replaces_all_that_a_user_may_set_and_keeps_what_only_servers_may()
    {
        await RestAsync("PATCH", "/v1/profiles/alice", ServerToken, """{"givenName":"Alice","level":7,"phoneNumberVerified":true,"email":"a@b.example"}""");

        var put = await RestAsync("PUT", MyProfile, UserToken, """{"nickname":"Al"}""");

        var profile = put.Json!["profile"]!;
        Assert.That(profile["givenName"], Is.Null);
        Assert.That(profile["email"], Is.Null);
        Assert.That(profile["nickname"]!.GetValue<string>(), Is.EqualTo("Al"));
        Assert.That(profile["level"]!.GetValue<int>(), Is.EqualTo(7));
        Assert.That(profile["phoneNumberVerified"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public async Task Put_by_a_server_replaces_everything()
    {
        await RestAsync("PATCH", "/v1/profiles/bob", ServerToken, """{"givenName":"Bob","level":7}""");
        var put = await RestAsync("PUT", "/v1/profiles/bob", ServerToken, """{"role":0}""");

        Assert.That(put.Json!["profile"]!["givenName"], Is.Null);
        Assert.That(put.Json["profile"]!["level"], Is.Null);
        Assert.That(put.Json["profile"]!["role"]!.GetValue<int>(), Is.Zero);
    }

    [TestCase("role", "1")]
    [TestCase("level", "1")]
    [TestCase("emailVerified", "true")]
    [TestCase("phoneNumberVerified", "true")]
    [TestCase("evmWalletAddress", "\"0xabcdef0123456789abcdef0123456789abcdef01\"")]
    public async Task A_user_cannot_set_what_is_for_servers(string name, string json)
    {
        var field = "profile." + string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
        foreach (var method in (string[])["PATCH", "PUT"])
        {
            var refused = await RestAsync(method, MyProfile, UserToken, $"{{\"nickname\":\"x\",\"{name}\":{json}}}");

            Assert.That(refused.Status, Is.EqualTo(403), method);
            Assert.That(refused.Reason, Is.EqualTo("FIELD_FOR_SERVERS_ONLY"));
            Assert.That(refused.ViolatedFields, Is.EqualTo((string[])[field]));
        }

        var cleared = await RestAsync("PATCH", MyProfile, UserToken, $"{{\"{name}\":null}}");
        Assert.That(cleared.Status, Is.EqualTo(403), "Clearing is setting too.");
        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Status, Is.EqualTo(404), "Nothing was written.");
    }

    [Test]
    public async Task A_user_cannot_set_what_is_for_servers_over_grpc_either()
    {
        var failure = await RpcErrors.FailureOf(Grpc.UpdateMyProfileAsync(
            new UpdateMyProfileRequest
            {
                Profile = new Profile
                {
                    Role = 0,
                    Level = 1,
                    EmailVerified = true,
                    PhoneNumberVerified = true,
                    EvmWalletAddress = "0xabcdef0123456789abcdef0123456789abcdef01",
                },
            },
            AsUser));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
        Assert.That(failure.ViolatedFields(), Is.EquivalentTo((string[])
        [
            "profile.role", "profile.level", "profile.email_verified", "profile.phone_number_verified", "profile.evm_wallet_address",
        ]));
    }

    [Test]
    public async Task A_verification_falls_with_the_value_that_it_vouched_for()
    {
        await RestAsync(
            "PATCH", "/v1/profiles/alice", ServerToken,
            """{"email":"a@b.example","emailVerified":true,"phoneNumber":"123","phoneNumberVerified":true}""");

        var same = await RestAsync("PATCH", MyProfile, UserToken, """{"email":"a@b.example"}""");
        var changed = await RestAsync("PATCH", MyProfile, UserToken, """{"email":"victim@b.example"}""");
        var verified = await RestAsync("PATCH", "/v1/profiles/alice", ServerToken, """{"email":"c@b.example","emailVerified":true}""");
        var changes = await RestAsync("GET", "/v1/users/me/changes", UserToken);

        Assert.That(same.Json!["profile"]!["emailVerified"]!.GetValue<bool>(), Is.True);
        Assert.That(changed.Json!["profile"]!["emailVerified"], Is.Null);
        Assert.That(changed.Json["profile"]!["phoneNumberVerified"]!.GetValue<bool>(), Is.True);
        Assert.That(verified.Json!["profile"]!["emailVerified"]!.GetValue<bool>(), Is.True);
        Assert.That(
            changes.Json!["changes"]![1]!["changedFields"]!.ToJsonString(), Is.EqualTo("""["email","email_verified"]"""));
    }

    [Test]
    public async Task A_change_that_changes_nothing_says_so_and_keeps_the_revision()
    {
        var first = await RestAsync("PATCH", MyProfile, UserToken, """{"givenName":"Alice","attributes":{"a":"1"}}""");
        var again = await RestAsync("PATCH", MyProfile, UserToken, """{"givenName":"Alice","nickname":"","attributes":{"a":"1","z":null}}""");

        Assert.That(first.Json!["unchanged"], Is.Null);
        Assert.That(again.Json!["unchanged"]!.GetValue<bool>(), Is.True);
        Assert.That(again.Json["profile"]!.ToJsonString(), Is.EqualTo(first.Json["profile"]!.ToJsonString()));
        var changes = await RestAsync("GET", "/v1/users/me/changes", UserToken);
        Assert.That(changes.Json!["changes"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Over_grpc_a_mask_chooses_the_fields_and_without_one_those_that_are_set()
    {
        await Grpc.UpdateMyProfileAsync(
            new UpdateMyProfileRequest { Profile = new Profile { GivenName = "Alice", Nickname = "Al", Attributes = { ["a"] = "1" } } },
            AsUser);
        var masked = await Grpc.UpdateMyProfileAsync(
            new UpdateMyProfileRequest
            {
                Profile = new Profile { GivenName = "ignored", FamilyName = "Liddell", Attributes = { ["b"] = "2", ["c"] = "no" } },
                UpdateMask = new FieldMask { Paths = { "family_name", "nickname", "attributes.b", "revision" } },
            },
            AsUser);

        Assert.That(masked.Profile.GivenName, Is.EqualTo("Alice"));
        Assert.That(masked.Profile.FamilyName, Is.EqualTo("Liddell"));
        Assert.That(masked.Profile.Nickname, Is.Empty);
        Assert.That(masked.Profile.Attributes, Is.EquivalentTo(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }));
    }

    [TestCase("no_such_field", TestName = "A_mask_that_names_no_field_is_refused")]
    [TestCase("givenName", TestName = "A_mask_in_JSON_names_is_refused_over_grpc")]
    [TestCase("given_name.x", TestName = "A_mask_below_a_scalar_is_refused")]
    [TestCase("*,given_name", TestName = "A_star_beside_other_paths_is_refused")]
    public async Task A_bad_mask_is_refused(string paths)
    {
        var failure = await RpcErrors.FailureOf(Grpc.UpdateMyProfileAsync(
            new UpdateMyProfileRequest { Profile = new Profile(), UpdateMask = new FieldMask { Paths = { paths.Split(',') } } },
            AsUser));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Does.Contain("update_mask"));
    }

    [Test]
    public async Task An_identifier_in_the_body_must_be_that_of_the_path()
    {
        var same = await RestAsync("PATCH", "/v1/profiles/alice", ServerToken, """{"userId":"alice","nickname":"Al"}""");
        var other = await RestAsync("PATCH", "/v1/profiles/alice", ServerToken, """{"userId":"bob","nickname":"Bob"}""");

        Assert.That(same.Status, Is.EqualTo(200));
        Assert.That(other.Status, Is.EqualTo(400));
        Assert.That(other.ViolatedFields, Is.EqualTo((string[])["profile.user_id"]));
    }

    [Test]
    public async Task A_query_cannot_turn_a_write_to_another_user()
    {
        await RestAsync("PATCH", "/v1/profiles/bob", ServerToken, """{"nickname":"Bob"}""");

        var refused = await RestAsync("PATCH", "/v1/profiles/alice?user_id=bob", ServerToken, """{"nickname":"Mallory"}""");
        var intoBody = await RestAsync("PATCH", "/v1/profiles/alice?profile.nickname=Mallory", ServerToken, """{"givenName":"A"}""");

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(intoBody.Status, Is.EqualTo(400));
        var bob = await RestAsync("GET", "/v1/profiles/bob", ServerToken);
        Assert.That(bob.Json!["nickname"]!.GetValue<string>(), Is.EqualTo("Bob"));
        Assert.That((await RestAsync("GET", "/v1/profiles/alice", ServerToken)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Must_exist_refuses_to_create()
    {
        var missing = await RestAsync("PATCH", "/v1/profiles/alice?mustExist=true", ServerToken, """{"nickname":"Al"}""");
        await RestAsync("PATCH", "/v1/profiles/alice", ServerToken, """{"nickname":"Al"}""");
        var present = await RestAsync("PATCH", "/v1/profiles/alice?mustExist=true", ServerToken, """{"nickname":"Ally"}""");

        Assert.That(missing.Status, Is.EqualTo(404));
        Assert.That(present.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Attributes_already_stored_count_for_the_limit()
    {
        var sixty = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"a{i}\":\"\""));
        var five = string.Join(',', Enumerable.Range(0, 5).Select(i => $"\"b{i}\":\"\""));
        await RestAsync("PATCH", MyProfile, UserToken, $"{{\"attributes\":{{{sixty}}}}}");

        var refused = await RestAsync("PATCH", MyProfile, UserToken, $"{{\"nickname\":\"x\",\"attributes\":{{{five}}}}}");
        var exchanged = await RestAsync("PATCH", MyProfile, UserToken, $"{{\"attributes\":{{\"a0\":null,{five}}}}}");

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.ViolatedFields, Is.EqualTo((string[])["profile.attributes"]));
        Assert.That(exchanged.Status, Is.EqualTo(200));
        Assert.That(exchanged.Json!["profile"]!["attributes"]!.AsObject(), Has.Count.EqualTo(64));
        Assert.That(exchanged.Json["profile"]!["nickname"], Is.Null);
    }
}
