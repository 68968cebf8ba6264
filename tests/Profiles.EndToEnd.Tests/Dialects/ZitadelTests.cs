using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Profiles.Contracts.Zitadel.Auth.V1;
using Profiles.Contracts.Zitadel.User.V1;
using Profiles.Contracts.Zitadel.V1;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;
using Own = Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Zitadel's rules, limits and errors, over gRPC and over REST.</summary>
internal sealed class ZitadelTests : DialectTest
{
    private const string Path = "/auth/v1/users/me/profile";
    private const string Rule = "invalid UpdateMyProfileRequest.";

    private static readonly UpdateMyProfileRequest Full = new()
    {
        FirstName = "Alice",
        LastName = "Liddell",
        NickName = "Al",
        DisplayName = "Alice L.",
        PreferredLanguage = "de-CH",
        Gender = Gender.Female,
    };

    private AuthService.AuthServiceClient Auth => new(Invoker);

    // 200 code points, each of two UTF-16 units.
    private static readonly string Most = string.Concat(Enumerable.Repeat("😀", 200));

    private static IEnumerable<TestCaseData> Limits()
    {
        yield return Limit("first_name", "", "FirstName: value length must be between 1 and 200 runes, inclusive");
        yield return Limit("first_name", "x", null);
        yield return Limit("first_name", Most, null);
        yield return Limit("first_name", Most + "x", "FirstName: value length must be between 1 and 200 runes, inclusive");
        yield return Limit("last_name", "", "LastName: value length must be between 1 and 200 runes, inclusive");
        yield return Limit("last_name", Most, null);
        yield return Limit("last_name", Most + "x", "LastName: value length must be between 1 and 200 runes, inclusive");
        yield return Limit("nick_name", "", null);
        yield return Limit("nick_name", Most, null);
        yield return Limit("nick_name", Most + "x", "NickName: value length must be at most 200 runes");
        yield return Limit("display_name", "", "DisplayName: value length must be between 1 and 200 runes, inclusive");
        yield return Limit("display_name", Most, null);
        yield return Limit("display_name", Most + "x", "DisplayName: value length must be between 1 and 200 runes, inclusive");
        yield return Limit("preferred_language", "", null);
        yield return Limit("preferred_language", "zh-Hant-TW", null);
        yield return Limit("preferred_language", "zh-Hant-TWX", "PreferredLanguage: value length must be at most 10 runes");
        yield return Limit("preferred_language", "no tag", "PreferredLanguage: must be a BCP 47 language tag such as de-CH, at most 35 characters");
        yield return Limit("nick_name", "a\u0007", "NickName: must not have control characters, yet has U+0007");
        yield return Limit("gender", (Gender)3, null);
        yield return Limit("gender", (Gender)4, "Gender: must be female, male or diverse");
    }

    [TestCaseSource(nameof(Limits))]
    public async Task A_field_is_taken_up_to_its_limit_and_refused_beyond(string field, object value, string? rule)
    {
        var request = Full.Clone();
        UpdateMyProfileRequest.Descriptor.FindFieldByName(field).Accessor.SetValue(request, value);
        if (rule is null)
        {
            Assert.That(await Auth.UpdateMyProfileAsync(request, AsUser), Is.Not.Null);
            return;
        }

        var failure = await RpcErrors.FailureOf(Auth.UpdateMyProfileAsync(request, AsUser));
        var rest = await RestAsync("PUT", Path, UserToken, JsonFormatter.Default.Format(request));
        Assert.That((failure.StatusCode, failure.Status.Detail), Is.EqualTo((StatusCode.InvalidArgument, Rule + rule)));
        Assert.That(failure.RichStatus().Details, Is.Empty);
        Assert.That(rest.Status, Is.EqualTo(400));
        Assert.That(rest.Json!.ToJsonString(), Is.EqualTo(new JsonObject { ["code"] = 3, ["message"] = Rule + rule }.ToJsonString()));
    }

    [Test]
    public async Task An_update_replaces_all_six_fields_and_leaves_the_rest()
    {
        await SetAsync(new Own.Profile { GivenName = "A", Nickname = "B", Locale = "en", Gender = Own.Gender.Male, Email = "a@b.example", Role = 3 });

        var answer = await Auth.UpdateMyProfileAsync(new() { FirstName = "C", LastName = "D", DisplayName = "E" }, AsUser);

        var stored = await ReadAsync();
        Assert.That((stored.GivenName, stored.FamilyName, stored.DisplayName), Is.EqualTo(("C", "D", "E")));
        Assert.That((stored.Nickname, stored.Locale, stored.Gender), Is.EqualTo(("", "", Own.Gender.Unspecified)));
        Assert.That((stored.Email, stored.Role), Is.EqualTo(("a@b.example", 3)));
        Assert.That((answer.Details.Sequence, answer.Details.ResourceOwner), Is.EqualTo((2UL, Organization)));
        Assert.That(answer.Details.ChangeDate, Is.EqualTo(stored.ChangeTime));
        Assert.That(answer.Details.CreationDate, Is.Null);
    }

    [Test]
    public async Task A_profile_is_read_as_it_was_written()
    {
        await Auth.UpdateMyProfileAsync(Full, AsUser);

        var read = await Auth.GetMyProfileAsync(new(), AsUser);
        var rest = await RestAsync("GET", Path, UserToken);

        var stored = await ReadAsync();
        Assert.That(read.Profile, Is.EqualTo(new Profile
        {
            FirstName = "Alice",
            LastName = "Liddell",
            NickName = "Al",
            DisplayName = "Alice L.",
            PreferredLanguage = "de-CH",
            Gender = Gender.Female,
        }));
        Assert.That(read.Details, Is.EqualTo(new ObjectDetails
        {
            Sequence = 1,
            CreationDate = stored.CreateTime,
            ChangeDate = stored.ChangeTime,
            ResourceOwner = Organization,
        }));
        JsonForm.AssertMatches(
            $$$"""
            {"details":{"sequence":"1","creationDate":"(time)","changeDate":"(time)","resourceOwner":"{{{Organization}}}"},
             "profile":{"firstName":"Alice","lastName":"Liddell","nickName":"Al","displayName":"Alice L.","preferredLanguage":"de-CH","gender":"GENDER_FEMALE"}}
            """,
            rest.Json!.ToJsonString());
    }

    [Test]
    public async Task A_user_has_names_address_and_number()
    {
        await SetAsync(new Own.Profile
        {
            PreferredUsername = "al",
            AvatarUrl = "https://example.com/a.png",
            Email = "a@b.example",
            EmailVerified = true,
            PhoneNumber = "791234567",
            PhoneCountryCode = "+41",
            PhoneNumberVerified = true,
        });

        var user = (await Auth.GetMyUserAsync(new(), AsUser)).User;
        var rest = await RestAsync("GET", "/users/me", UserToken);

        Assert.That((user.Id, user.State, user.UserName, user.PreferredLoginName), Is.EqualTo(("alice", UserState.Active, "al", "al")));
        Assert.That(user.LoginNames, Is.EqualTo((string[])["al"]));
        Assert.That(user.Human.Email, Is.EqualTo(new Email { Email_ = "a@b.example", IsEmailVerified = true }));
        Assert.That(user.Human.Phone, Is.EqualTo(new Phone { Phone_ = "+41791234567", IsPhoneVerified = true }));
        Assert.That(user.Human.Profile.AvatarUrl, Is.EqualTo("https://example.com/a.png"));
        Assert.That(rest.Json!["user"]!["human"]!["email"]!["isEmailVerified"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public async Task A_user_without_a_username_has_the_id_for_one()
    {
        await SetAsync(new Own.Profile { Nickname = "Al" });

        var user = (await Auth.GetMyUserAsync(new(), AsUser)).User;

        Assert.That((user.UserName, user.Human.Email, user.Human.Phone), Is.EqualTo(("alice", default(Email), default(Phone))));
    }

    [Test]
    public async Task An_update_that_changes_nothing_is_refused()
    {
        await Auth.UpdateMyProfileAsync(Full, AsUser);

        await AssertUpdateRefusedAsync(StatusCode.FailedPrecondition, 400, "COMMAND-2M0fs", "Profile not changed", UserToken);

        Assert.That((await ReadAsync()).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_record_there_is_nothing_to_read()
    {
        AssertRefused(
            StatusCode.FailedPrecondition, 400, "COMMAND-3M9sd", "Profile not found",
            await RpcErrors.FailureOf(Auth.GetMyProfileAsync(new(), AsUser)), await RestAsync("GET", Path, UserToken));
        AssertRefused(
            StatusCode.FailedPrecondition, 400, "COMMAND-3M9sd", "Profile not found",
            await RpcErrors.FailureOf(Auth.GetMyUserAsync(new(), AsUser)), await RestAsync("GET", "/auth/v1/users/me", UserToken));
    }

    [Test]
    public async Task A_record_that_was_deleted_is_not_created_anew()
    {
        await Auth.UpdateMyProfileAsync(Full, AsUser);
        await Grpc.DeleteProfileAsync(new Own.DeleteProfileRequest { UserId = "alice" }, AsServer);

        await AssertUpdateRefusedAsync(StatusCode.FailedPrecondition, 400, "COMMAND-3M9sd", "Profile not found", UserToken);

        await SetAsync(new Own.Profile { Nickname = "Al" });
        Assert.That((await Auth.UpdateMyProfileAsync(Full, AsUser)).Details.Sequence, Is.EqualTo(4));
    }

    [Test]
    public async Task An_avatar_is_an_address_or_a_picture_and_both_are_removed()
    {
        using var image = new ByteArrayContent(TestImages.Png(64, 64));
        var uploaded = await RestAsync("PUT", "/v1/users/me/picture", UserToken, image);
        var own = uploaded.Json!["profile"]!["picture"]!.GetValue<string>();
        Assert.That((await Auth.GetMyProfileAsync(new(), AsUser)).Profile.AvatarUrl, Is.EqualTo(own));
        await SetAsync(new Own.Profile { AvatarUrl = "https://example.com/a.png" });
        Assert.That((await Auth.GetMyProfileAsync(new(), AsUser)).Profile.AvatarUrl, Is.EqualTo("https://example.com/a.png"));

        var removed = await RestAsync("DELETE", "/auth/v1/users/me/avatar", UserToken);
        var again = await Auth.RemoveMyAvatarAsync(new(), AsUser);

        var stored = await ReadAsync();
        Assert.That((stored.AvatarUrl, stored.Picture, stored.Revision), Is.EqualTo(("", "", 3L)));
        JsonForm.AssertMatches(
            $$$"""{"details":{"sequence":"3","changeDate":"(time)","resourceOwner":"{{{Organization}}}"}}""", removed.Json!.ToJsonString());
        Assert.That(again.Details.Sequence, Is.EqualTo(3));
    }

    [Test]
    public async Task Without_a_record_there_is_no_avatar_to_remove() =>
        AssertRefused(
            StatusCode.FailedPrecondition, 400, "COMMAND-3M9sd", "Profile not found",
            await RpcErrors.FailureOf(Auth.RemoveMyAvatarAsync(new(), AsUser)), await RestAsync("DELETE", "/users/me/avatar", UserToken));

    [Test]
    public async Task Another_organization_is_refused()
    {
        var other = await SharedServer.NewOrganizationAsync();
        foreach (var name in (string[])[other, "nobodys", "not an id"])
        {
            await AssertUpdateRefusedAsync(
                StatusCode.PermissionDenied, 403, "AUTH-Bs7Ds", "Organisation doesn't exist", UserToken, ("x-zitadel-orgid", name));
        }
    }

    [Test]
    public async Task An_empty_header_names_no_organization()
    {
        var answer = await RestAsync("PUT", Path, UserToken, JsonFormatter.Default.Format(Full), ("x-zitadel-orgid", ""));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
    }

    [Test]
    public async Task A_call_without_a_token_is_refused()
    {
        var failure = await RpcErrors.FailureOf(Auth.UpdateMyProfileAsync(Full));
        var rest = await RestAsync("PUT", Path, token: string.Empty, "{}");

        Assert.That((failure.StatusCode, failure.Status.Detail), Is.EqualTo((StatusCode.Unauthenticated, "auth header missing")));
        Assert.That(failure.RichStatus().Details, Is.Empty);
        Assert.That(rest.Status, Is.EqualTo(401));
        Assert.That(rest.Json!.ToJsonString(), Is.EqualTo("""{"code":16,"message":"auth header missing"}"""));
    }

    [Test]
    public async Task A_token_that_is_not_valid_is_refused()
    {
        var claims = TokenMint.Claims(Organization, "alice");
        claims["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();
        foreach (var token in (string[])["nonsense", SharedServer.Mint.Mint(claims)])
        {
            await AssertUpdateRefusedAsync(StatusCode.Unauthenticated, 401, "AUTH-7fs1e", "Errors.Token.Invalid", token);
        }
    }

    [TestCase("POST", "/auth/v1/users/me/profile", 405, """{"code":12,"message":"Method Not Allowed"}""")]
    [TestCase("DELETE", "/users/me/profile", 405, """{"code":12,"message":"Method Not Allowed"}""")]
    [TestCase("GET", "/auth/v1/users/me/nothing", 404, """{"code":5,"message":"Not Found"}""")]
    [TestCase("GET", "/auth/v1", 404, """{"code":5,"message":"Not Found"}""")]
    [TestCase("GET", "/users/me/nothing", 404, """{"code":5,"message":"Not Found"}""")]
    public async Task What_is_not_there_is_answered_in_zitadel_s_form(string method, string path, int status, string body)
    {
        var answer = await RestAsync(method, path, UserToken);

        Assert.That((answer.Status, answer.Json!.ToJsonString()), Is.EqualTo((status, body)));
    }

    [Test]
    public async Task Everybody_may_ask_for_health()
    {
        var rest = await RestAsync("GET", "/auth/v1/healthz", token: string.Empty);

        Assert.That(await Auth.HealthzAsync(new()), Is.EqualTo(new HealthzResponse()));
        Assert.That((rest.Status, rest.Json!.ToJsonString()), Is.EqualTo((200, "{}")));
    }

    [Test]
    public async Task Unknown_fields_are_ignored()
    {
        var answer = await RestAsync("PUT", $"{Path}?pretty=true", UserToken, """{"firstName":"A","lastName":"B","displayName":"C","title":"Dr"}""");

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    private async Task AssertUpdateRefusedAsync(
        StatusCode code, int httpStatus, string id, string message, string token, params (string Name, string Value)[] headers) =>
        AssertRefused(
            code, httpStatus, id, message,
            await RpcErrors.FailureOf(Auth.UpdateMyProfileAsync(Full, As(token, headers))),
            await RestAsync("PUT", Path, token, JsonFormatter.Default.Format(Full), headers));

    // The same status over both, in the trailer and in the body.
    private static void AssertRefused(StatusCode code, int httpStatus, string id, string message, RpcException failure, RestAnswer rest)
    {
        Assert.That((failure.StatusCode, failure.Status.Detail), Is.EqualTo((code, $"{message} ({id})")));
        Assert.That(failure.RichStatus().Details.Single().Unpack<ErrorDetail>(), Is.EqualTo(new ErrorDetail { Id = id, Message = message }));
        Assert.That(rest.Status, Is.EqualTo(httpStatus));
        Assert.That(rest.Json!.ToJsonString(), Is.EqualTo(new JsonObject
        {
            ["code"] = (int)code,
            ["message"] = $"{message} ({id})",
            ["details"] = new JsonArray(new JsonObject { ["@type"] = "type.googleapis.com/zitadel.v1.ErrorDetail", ["id"] = id, ["message"] = message }),
        }.ToJsonString()));
    }

    private static TestCaseData Limit(string field, object value, string? rule) =>
        new TestCaseData(field, value, rule).SetArgDisplayNames(field, $"{(value is string text ? text.EnumerateRunes().Count() : value)} {rule is null}", rule ?? "taken");
}
