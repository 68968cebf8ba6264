namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class CredentialsTests
{
    private static readonly AsyncAuthInterceptor s_interceptor = (_, _) => Task.CompletedTask;
    private static readonly CallCredentials s_call = CallCredentials.FromInterceptor(s_interceptor);
    private static readonly object s_state = new();

    [Test]
    public void Call_credentials_tell_their_interceptor() =>
        Assert.That(Told(s_call), Is.EqualTo(new object?[] { s_state, s_interceptor }));

    [Test]
    public void Composite_call_credentials_tell_their_parts_as_they_were()
    {
        var other = CallCredentials.FromInterceptor(s_interceptor);
        CallCredentials[] parts = [s_call, other];
        var composite = CallCredentials.Compose(parts);
        parts[0] = other;

        var told = Told(composite);

        Assert.That(told[0], Is.SameAs(s_state));
        Assert.That(told.Skip(1), Is.EqualTo(new[] { s_call, other }));
    }

    [Test]
    public void Fewer_than_two_make_no_composite()
    {
        Assert.That(() => CallCredentials.Compose(), Throws.ArgumentException);
        Assert.That(() => CallCredentials.Compose(s_call), Throws.ArgumentException);
    }

    [Test]
    public void An_interceptor_is_needed() =>
        Assert.That(() => CallCredentials.FromInterceptor(null!), Throws.ArgumentNullException);

    [Test]
    public void Insecure_channel_credentials_say_so()
    {
        Assert.That(Told(ChannelCredentials.Insecure), Is.EqualTo(new[] { s_state, "insecure" }));
    }

    [Test]
    public void Secure_channel_credentials_trust_what_the_machine_trusts()
    {
        Assert.That(ChannelCredentials.SecureSsl, Is.InstanceOf<SslCredentials>());
        Assert.That(Told(ChannelCredentials.SecureSsl), Is.EqualTo(new[] { s_state, null, null, null }));
    }

    [Test]
    public void Ssl_credentials_tell_what_they_were_made_of()
    {
        var pair = new KeyCertificatePair("chain", "key");
        VerifyPeerCallback verify = _ => true;

        Assert.That(Told(new SslCredentials()), Is.EqualTo(new[] { s_state, null, null, null }));
        Assert.That(Told(new SslCredentials("roots")), Is.EqualTo(new[] { s_state, "roots", null, null }));
        Assert.That(Told(new SslCredentials("roots", pair)), Is.EqualTo(new[] { s_state, "roots", pair, null }));
        Assert.That(Told(new SslCredentials("roots", pair, verify)), Is.EqualTo(new[] { s_state, "roots", pair, verify }));
        Assert.That(new SslCredentials("roots", pair).RootCertificates, Is.EqualTo("roots"));
        Assert.That(new SslCredentials("roots", pair).KeyCertificatePair, Is.SameAs(pair));
        Assert.That((pair.CertificateChain, pair.PrivateKey), Is.EqualTo(("chain", "key")));
    }

    [Test]
    public void Secure_channel_credentials_take_call_credentials()
    {
        var ssl = new SslCredentials();

        Assert.That(Told(ChannelCredentials.Create(ssl, s_call)), Is.EqualTo(new object[] { s_state, ssl, s_call }));
    }

    [Test]
    public void Other_channel_credentials_take_none()
    {
        var composite = ChannelCredentials.Create(new SslCredentials(), s_call);

        Assert.That(() => ChannelCredentials.Create(ChannelCredentials.Insecure, s_call), Throws.ArgumentException);
        Assert.That(() => ChannelCredentials.Create(composite, s_call), Throws.ArgumentException);
    }

    [Test]
    public void Null_is_refused()
    {
        Assert.That(() => ChannelCredentials.Create(null!, s_call), Throws.ArgumentNullException);
        Assert.That(() => ChannelCredentials.Create(new SslCredentials(), null!), Throws.ArgumentNullException);
        Assert.That(() => new KeyCertificatePair(null!, "key"), Throws.ArgumentNullException);
        Assert.That(() => new KeyCertificatePair("chain", null!), Throws.ArgumentNullException);
        Assert.That(() => new AuthInterceptorContext(null!, "method"), Throws.ArgumentNullException);
        Assert.That(() => new AuthInterceptorContext("url", null!), Throws.ArgumentNullException);
    }

    [Test]
    public void An_interceptor_context_has_what_it_was_made_of()
    {
        using var source = new CancellationTokenSource();
        var context = new AuthInterceptorContext("url", "method", source.Token);

        Assert.That((context.ServiceUrl, context.MethodName), Is.EqualTo(("url", "method")));
        Assert.That(context.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(new AuthInterceptorContext("url", "method").CancellationToken, Is.EqualTo(CancellationToken.None));
    }

    private static List<object?> Told(CallCredentials credentials)
    {
        var configurator = new CallConfigurator();
        credentials.InternalPopulateConfiguration(configurator, s_state);
        return configurator.Told;
    }

    private static List<object?> Told(ChannelCredentials credentials)
    {
        var configurator = new ChannelConfigurator();
        credentials.InternalPopulateConfiguration(configurator, s_state);
        return configurator.Told;
    }

    private sealed class CallConfigurator : CallCredentialsConfiguratorBase
    {
        public List<object?> Told { get; } = [];

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials) =>
            Told.AddRange([state, .. credentials]);

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) =>
            Told.AddRange([state, interceptor]);
    }

    private sealed class ChannelConfigurator : ChannelCredentialsConfiguratorBase
    {
        public List<object?> Told { get; } = [];

        public override void SetInsecureCredentials(object state) => Told.AddRange([state, "insecure"]);

        public override void SetSslCredentials(
            object state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback) =>
            Told.AddRange([state, rootCertificates, keyCertificatePair, verifyPeerCallback]);

        public override void SetCompositeCredentials(
            object state, ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
            Told.AddRange([state, channelCredentials, callCredentials]);
    }
}
