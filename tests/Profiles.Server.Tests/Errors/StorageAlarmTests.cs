using Microsoft.Extensions.Logging;
using Profiles.Server.Errors;
using Profiles.Server.Tests.Health;

namespace Profiles.Server.Tests.Errors;

/// <summary>An outage is told at once and in full, and then a little.</summary>
internal sealed class StorageAlarmTests
{
    private const int Alarm = 1011;
    private const int Call = 1012;

    private readonly ManualClock clock = new();

    [Test]
    public async Task The_first_call_that_fails_is_told_at_once_with_its_cause()
    {
        var log = new EventLog<StorageAlarm>();
        var cause = new IOException("Gone.");

        new StorageAlarm(clock, log).Report("/a.B/C", cause);

        var told = await log.NextAsync();
        Assert.That(told, Has.Property("Level").EqualTo(LogLevel.Warning).And.Property("Id").EqualTo(Alarm).And.Property("Exception").SameAs(cause));
        Assert.That(told.Text, Does.Contain("1 calls").And.Contain("/a.B/C"));
    }

    [Test]
    public async Task The_others_are_counted_and_told_when_ten_seconds_are_over()
    {
        var log = new EventLog<StorageAlarm>();
        var alarm = new StorageAlarm(clock, log);
        alarm.Report("/a.B/C", null);
        await log.NextAsync();

        clock.Now += StorageAlarm.Interval - TimeSpan.FromTicks(1);
        for (var i = 0; i < 499; i++)
            alarm.Report("/a.B/C", null);
        Assert.That(log.IsEmpty, Is.True);

        clock.Now += TimeSpan.FromTicks(1);
        alarm.Report("/a.B/D", null);
        Assert.That((await log.NextAsync()).Text, Does.Contain("500 calls").And.Contain("/a.B/D"));
        alarm.Report("/a.B/C", null);
        Assert.That(log.IsEmpty, Is.True);
    }

    [Test]
    public async Task Each_call_is_told_to_who_wants_to_know_by_its_method_alone()
    {
        var log = new EventLog<StorageAlarm>(LogLevel.Debug);
        var alarm = new StorageAlarm(clock, log);
        alarm.Report("/a.B/C", null);
        alarm.Report("/a.B/C", new IOException("Gone."));

        int[] ids = [(await log.NextAsync()).Id, (await log.NextAsync()).Id];
        var last = await log.NextAsync();

        Assert.That(ids, Is.EqualTo((int[])[Call, Alarm]));
        Assert.That((last.Level, last.Id, last.Exception), Is.EqualTo((LogLevel.Debug, Call, null as Exception)));
        Assert.That(log.IsEmpty, Is.True);
    }
}
