using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Storage;

namespace Profiles.Postgres.Tests.Database;

/// <summary>Makes writes as the use cases do.</summary>
internal static class Write
{
    /// <summary>The time of writes that name none.</summary>
    public static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    public static readonly Actor Actor = new(ActorType.Server, "test");

    public static readonly Precondition MustExist = new(Revisions: null, MustExist: true);

    public static Precondition Revisions(params long[] revisions) => new(revisions, MustExist: false);

    public static ProfileWrite To(
        string user,
        Action<ProfilePatchBuilder> content,
        Precondition? precondition = null,
        IdempotentRequest? request = null,
        DateTime? time = null)
    {
        var patch = new ProfilePatchBuilder("profile.", byServer: true);
        content(patch);
        return new ProfileWrite(UserId.Parse(user), patch.Build(), Context(precondition, request, time));
    }

    public static WriteContext Context(Precondition? precondition, IdempotentRequest? request, DateTime? time) =>
        new(Guid.CreateVersion7(), time ?? Noon, Actor, HttpRequestId: null, precondition ?? Precondition.None, request);
}
