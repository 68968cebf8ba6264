namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class CallOptionsTests
{
    private static readonly Metadata s_headers = new();
    private static readonly DateTime s_deadline = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly CancellationTokenSource s_source = new();
    private static readonly WriteOptions s_write = new(WriteFlags.BufferHint);
    private static readonly CallCredentials s_credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

    private static IEnumerable<TestCaseData> Parts()
    {
        yield return Part("Headers", o => o.WithHeaders(s_headers), o => o.Headers, s_headers);
        yield return Part("Deadline", o => o.WithDeadline(s_deadline), o => o.Deadline, s_deadline);
        yield return Part("CancellationToken", o => o.WithCancellationToken(s_source.Token), o => o.CancellationToken, s_source.Token);
        yield return Part("WriteOptions", o => o.WithWriteOptions(s_write), o => o.WriteOptions, s_write);
        yield return Part("Credentials", o => o.WithCredentials(s_credentials), o => o.Credentials, s_credentials);
        yield return Part("IsWaitForReady", o => o.WithWaitForReady(), o => o.IsWaitForReady, value: true);
    }

    [TestCaseSource(nameof(Parts))]
    public void A_copy_differs_in_one_part(Func<CallOptions, CallOptions> with, Func<CallOptions, object?> part, object value)
    {
        var before = default(CallOptions);
        var after = with(before);

        Assert.That(part(after), Is.EqualTo(value));
        Assert.That(part(before), Is.Not.EqualTo(value));
        Assert.That(Values(after).Zip(Values(before)).Count(pair => !Equals(pair.First, pair.Second)), Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Parts))]
    public void A_copy_keeps_the_other_parts(Func<CallOptions, CallOptions> with, Func<CallOptions, object?> part, object value)
    {
        var all = All();

        Assert.That(Values(with(all)), Is.EqualTo(Values(all)));
        Assert.That(part(all), Is.EqualTo(value));
    }

    [Test]
    public void Nothing_is_set_by_default()
    {
        var options = new CallOptions();

        Assert.That(Values(options), Is.EqualTo(Values(new CallOptions(headers: null))));
        Assert.That(options.PropagationToken, Is.Null);
        Assert.That(options.WithPropagationToken(null!).PropagationToken, Is.Null);
        Assert.That(options.CancellationToken.CanBeCanceled, Is.False);
        Assert.That(options.IsWaitForReady, Is.False);
    }

    [Test]
    public void To_wait_can_be_taken_back() =>
        Assert.That(All().WithWaitForReady(false).IsWaitForReady, Is.False);

    [Test]
    public void Write_options_have_their_flags()
    {
        Assert.That(WriteOptions.Default.Flags, Is.EqualTo(default(WriteFlags)));
        Assert.That(s_write.Flags, Is.EqualTo(WriteFlags.BufferHint));
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Propagation_options_have_what_they_were_made_of(bool deadline, bool cancellation)
    {
        var options = new ContextPropagationOptions(deadline, cancellation);

        Assert.That((options.IsPropagateDeadline, options.IsPropagateCancellation), Is.EqualTo((deadline, cancellation)));
    }

    [Test]
    public void Everything_is_handed_on_by_default()
    {
        Assert.That(ContextPropagationOptions.Default.IsPropagateDeadline, Is.True);
        Assert.That(ContextPropagationOptions.Default.IsPropagateCancellation, Is.True);
    }

    private static TestCaseData Part(
        string name, Func<CallOptions, CallOptions> with, Func<CallOptions, object?> part, object value) =>
        new TestCaseData(with, part, value).SetArgDisplayNames(name);

    private static CallOptions All() =>
        new CallOptions(s_headers, s_deadline, s_source.Token, s_write, propagationToken: null, s_credentials).WithWaitForReady();

    private static object?[] Values(CallOptions options) =>
    [
        options.Headers, options.Deadline, options.CancellationToken, options.WriteOptions,
        options.PropagationToken, options.Credentials, options.IsWaitForReady,
    ];
}
