using Grpc.Core;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>Whether a refusal was true when it was made: the user was, or may have been, in a state that calls for it.</summary>
internal static class RefusalCheck
{
    /// <summary>Another user has the name. That is for <see cref="NameCheck"/> to judge.</summary>
    public const string Taken = "USERNAME_TAKEN";

    /// <summary>Another user gave the name up after the call came, though before its turn.</summary>
    public const string Held = "USERNAME_HELD";

    public static bool Fits(Attempt attempt, UserHistory history) => attempt switch
    {
        { Status: StatusCode.Internal } => attempt.Kind == AttemptKind.Poison,
        { Reason: "STALE_ETAG" } => attempt.Guard is { } guard && history.MayHaveMet(attempt, (_, revision) => revision != guard),
        { Reason: "PROFILE_NOT_FOUND" } => history.MayHaveMet(attempt, (step, _) => step.State is null),
        { Reason: "OUTCOME_ERASED" } => IsErased(attempt, history),
        { Reason: Taken or Held } => true,
        _ => false,
    };

    private static bool IsErased(Attempt attempt, UserHistory history) =>
        history.MadeBy(attempt).Any(made => history.Steps.Skip((int)made.Revision + 1).Any(
            later => later.IsDeletion && later.Sent < attempt.Answered));
}
