using Profiles.Core.Usernames;
using Profiles.V1;

namespace Profiles.Server.Services;

/// <summary>What is known of usernames, as messages of the contract.</summary>
internal static class UsernameMessages
{
    public static CheckUsernameResponse ToMessage(UsernameCheck check) => new()
    {
        State = check.Refusal is { } refusal ? ToState(refusal.Kind) : UsernameState.Available,
        Reason = check.Refusal is { } reason ? Describe(reason) : string.Empty,
        Suggestions = { check.Suggestions },
    };

    public static DenyUsernameOutcome ToMessage(DenyResult result) => new()
    {
        Username = result.Text,
        Result = result.Failure is { } failure ? ToResult(failure) : ToResult(result.Outcome!),
        Reason = result.Reason ?? ReasonOf(result.Outcome!),
        RenamedUserId = result.Outcome?.Renamed ?? string.Empty,
    };

    private static string ReasonOf(DenyOutcome outcome) =>
        outcome.Kind switch
        {
            DenyOutcomeKind.SeveralOwners => "looks like the names of several users",
            DenyOutcomeKind.ReplacementRefused when outcome.Refusal is { } refusal => $"is in use, and the replacement {Describe(refusal)}",
            DenyOutcomeKind.ReplacementRefused => "is in use, and has no replacement",
            _ => string.Empty,
        };

    private static string Describe(UsernameRefusal refusal) =>
        refusal.Kind switch
        {
            UsernameRefusalKind.Taken => "is taken by another user",
            UsernameRefusalKind.LooksTaken => "looks like a name of another user",
            UsernameRefusalKind.Held => "was released lately and is kept for its last owner",
            UsernameRefusalKind.Denied => "is denied, or looks like a name that is",
            _ => refusal.Violation?.Description ?? string.Empty,
        };

    private static UsernameState ToState(UsernameRefusalKind kind) =>
        kind switch
        {
            UsernameRefusalKind.Taken or UsernameRefusalKind.LooksTaken => UsernameState.Taken,
            UsernameRefusalKind.Held => UsernameState.Held,
            UsernameRefusalKind.Denied => UsernameState.Denied,
            _ => UsernameState.Invalid,
        };

    private static DenyUsernameResult ToResult(DenyFailure failure) =>
        failure switch
        {
            DenyFailure.Repeated => DenyUsernameResult.Repeated,
            DenyFailure.ReplacementDenied => DenyUsernameResult.ReplacementDenied,
            _ => DenyUsernameResult.Invalid,
        };

    private static DenyUsernameResult ToResult(DenyOutcome outcome) =>
        outcome.Kind switch
        {
            DenyOutcomeKind.Added => DenyUsernameResult.Added,
            DenyOutcomeKind.AlreadyDenied => DenyUsernameResult.AlreadyDenied,
            DenyOutcomeKind.SeveralOwners => DenyUsernameResult.SeveralOwners,
            _ => outcome.Refusal?.Kind switch
            {
                UsernameRefusalKind.Taken or UsernameRefusalKind.LooksTaken or UsernameRefusalKind.Held =>
                    DenyUsernameResult.ReplacementTaken,
                UsernameRefusalKind.Denied => DenyUsernameResult.ReplacementDenied,
                _ => DenyUsernameResult.ReplacementInvalid,
            },
        };
}
