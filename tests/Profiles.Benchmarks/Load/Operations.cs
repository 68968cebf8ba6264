using Profiles.V1;

namespace Profiles.Benchmarks.Load;

/// <summary>The calls that are measured.</summary>
internal static class Operations
{
    private const string User = Population.UserPrefix + Template.UserMark;
    private const string Nickname = "n" + Template.ValueMark;
    private const string Username = "u" + Template.ValueMark;
    private const string Service = "/profiles.v1.ProfileService/";

    /// <summary>A server changes one field of a user's profile.</summary>
    public static Operation Set { get; } = new(
        "set", $"{Service}SetProfile", new SetProfileRequest { UserId = User, Profile = new Profile { Nickname = Nickname } },
        $"PATCH /v1/profiles/{User}", $$"""{"nickname":"{{Nickname}}"}""", AnswerCheck.Value);

    /// <summary>A user changes one field of their own profile.</summary>
    public static Operation Update { get; } = new(
        "update", $"{Service}UpdateMyProfile", new UpdateMyProfileRequest { Profile = new Profile { Nickname = Nickname } },
        "PATCH /v1/users/me/profile", $$"""{"nickname":"{{Nickname}}"}""", AnswerCheck.Value, AsUser: true);

    /// <summary>A server reads a profile.</summary>
    public static Operation Read { get; } = new(
        "read", $"{Service}GetProfile", new GetProfileRequest { UserId = User },
        $"GET /v1/profiles/{User}", string.Empty, AnswerCheck.User);

    /// <summary>A server reads twenty.</summary>
    public static Operation Batch { get; } = new(
        "batch read", $"{Service}BatchGetProfiles", new BatchGetProfilesRequest { UserIds = { Enumerable.Repeat(User, Operation.BatchSize) } },
        "POST /v1/profiles:batchGet",
        $$"""{"userIds":[{{string.Join(',', Enumerable.Repeat($"\"{User}\"", Operation.BatchSize))}}]}""", AnswerCheck.Users);

    /// <summary>A server gives a user a new username; the one before is kept for them.</summary>
    public static Operation Rename { get; } = new(
        "username", $"{Service}SetProfile", new SetProfileRequest { UserId = User, Profile = new Profile { PreferredUsername = Username } },
        $"PATCH /v1/profiles/{User}", $$"""{"preferredUsername":"{{Username}}"}""", AnswerCheck.Value);

    /// <summary>A call of the floor that does nothing.</summary>
    public static Operation Empty { get; } = new(
        "empty", $"{Service}GetMyProfile", new GetMyProfileRequest(), string.Empty, string.Empty, AnswerCheck.Empty);

    /// <summary>Those of the server.</summary>
    public static IReadOnlyList<Operation> OfServer { get; } = [Set, Read, Update, Batch, Rename];
}
