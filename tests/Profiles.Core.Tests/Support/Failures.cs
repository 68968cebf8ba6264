using Profiles.Core.Errors;

namespace Profiles.Core.Tests.Support;

internal static class Failures
{
    /// <summary>The violations as <c>field rule</c>, for a failure that has to be one of an invalid request.</summary>
    public static IEnumerable<string> InvalidOf(Action action)
    {
        var failure = Assert.Throws<ProfilesException>(action)!;
        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.InvalidRequest));
        return failure.Violations.Select(violation => $"{violation.Field} {violation.Description}");
    }

    /// <summary>The reason of the failure that has to come.</summary>
    public static async Task<ErrorReason> ReasonOfAsync(Func<Task> action) => (await OfAsync(action)).Reason;

    /// <summary>The failure that has to come.</summary>
    public static async Task<ProfilesException> OfAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (ProfilesException failure)
        {
            return failure;
        }

        throw new AssertionException("There was no failure.");
    }
}
