using Profiles.Core.Errors;

namespace Profiles.Core.Tests.Errors;

[TestFixture]
public class ProfilesExceptionTests
{
    [Test]
    public void One_violation_makes_the_sentence()
    {
        var failure = ProfilesException.Invalid("page_size", "must be small");

        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.InvalidRequest));
        Assert.That(failure.Message, Is.EqualTo("page_size must be small."));
        Assert.That(failure.Violations, Is.EqualTo(new[] { new FieldViolation("page_size", "must be small") }));
    }

    [Test]
    public void Several_violations_are_counted()
    {
        var failure = ProfilesException.Invalid([new("a", "is bad"), new("b", "is worse"), new("c", "is worst")]);

        Assert.That(failure.Message, Is.EqualTo("a is bad. The details name 3 violations in all."));
        Assert.That(failure.Violations, Has.Count.EqualTo(3));
    }

    [Test]
    public void Other_reasons_need_no_violations() =>
        Assert.That(new ProfilesException(ErrorReason.CredentialMissing, "There is none.").Violations, Is.Empty);

    [Test]
    public void The_cause_is_kept_for_the_log_and_not_told()
    {
        var cause = new TimeoutException("internal");
        var failure = new ProfilesException(ErrorReason.StorageUnavailable, "Try again.", cause);

        Assert.That(failure.InnerException, Is.SameAs(cause));
        Assert.That(failure.Message, Is.EqualTo("Try again."));
        Assert.That(failure.Violations, Is.Empty);
    }
}
