using Profiles.Core.Storage;
using Profiles.Core.Usernames;

namespace Profiles.Postgres.Usernames;

/// <summary>Why a user did not get a name, as Dapper maps it.</summary>
internal sealed class RefusalRow
{
    public int Refusal { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    /// <summary>The outcome of the write; null when nothing stands against the name now: it has to be sent again.</summary>
    public WriteOutcome? ToOutcome(UsernameClaim claim)
    {
        var kind = (UsernameRefusalKind)Refusal;
        return Refusal == 0
            ? null
            : new WriteOutcome(
                WriteOutcomeKind.UsernameRefused,
                Refusal: new UsernameRefusal(
                    kind, claim.Violation, kind == UsernameRefusalKind.TooManyRenames ? RetryAfter : null));
    }
}
