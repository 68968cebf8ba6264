using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace Grpc.Core.Api.Tests.Loopback;

/// <summary>Over TLS, with a certificate of the test's own that the client knows by its thumbprint.</summary>
[TestFixture]
public class CredentialTests : LoopbackTests
{
    private readonly X509Certificate2 _certificate = SelfSigned();
    private Uri _address = null!;
    private string? _authorization;
    private AuthContext? _peer;

    [SetUp]
    public void Record()
    {
        (_authorization, _peer) = (null, null);
        Service.OnUnary = (request, context) =>
        {
            (_authorization, _peer) = (context.RequestHeaders.GetValue("authorization"), context.AuthContext);
            return Task.FromResult(request);
        };
    }

    [OneTimeTearDown]
    public void Dispose() => _certificate.Dispose();

    internal override Task<ProbeServer> StartServer() => ProbeServer.Start(Service, certificate: _certificate);

    internal override GrpcChannel Connect(Uri address)
    {
        _address = address;
        return Connect(new SslCredentials(), withCertificate: false);
    }

    [Test]
    public async Task Credentials_of_the_channel_go_with_every_call()
    {
        using var channel = Connect(ChannelCredentials.Create(ChannelCredentials.SecureSsl, Token("one")), withCertificate: false);

        await new Probe.ProbeClient(channel).UnaryAsync(new Note()).Soon();

        Assert.That(_authorization, Is.EqualTo("one"));
    }

    [Test]
    public async Task Every_part_of_composite_credentials_is_sent_in_order()
    {
        var composite = CallCredentials.Compose(Token("one"), CallCredentials.Compose(Token("two"), Token("three")));
        using var channel = Connect(ChannelCredentials.Create(new SslCredentials(), composite), withCertificate: false);

        await new Probe.ProbeClient(channel).UnaryAsync(new Note()).Soon();

        // HTTP joins the values of a header that is sent more than once.
        Assert.That(_authorization, Is.EqualTo("one, two, three"));
    }

    [Test]
    public async Task Credentials_of_a_call_are_sent_beside_those_of_the_channel()
    {
        using var channel = Connect(ChannelCredentials.Create(new SslCredentials(), Token("channel")), withCertificate: false);

        await new Probe.ProbeClient(channel).UnaryAsync(new Note(), new CallOptions(credentials: Token("call"))).Soon();

        Assert.That(_authorization!.Split(", "), Is.EquivalentTo(new[] { "channel", "call" }));
    }

    [Test]
    public async Task Credentials_learn_what_is_called()
    {
        AuthInterceptorContext? asked = null;
        var credentials = CallCredentials.FromInterceptor((context, _) =>
        {
            asked = context;
            return Task.CompletedTask;
        });
        using var source = new CancellationTokenSource();

        await Client.UnaryAsync(new Note(), new CallOptions(credentials: credentials, cancellationToken: source.Token)).Soon();

        Assert.That(asked!.ServiceUrl, Is.EqualTo(new Uri(_address, "grpc.core.api.tests.v1.Probe").AbsoluteUri));
        Assert.That(asked.MethodName, Is.EqualTo("Unary"));
        Assert.That(asked.CancellationToken.CanBeCanceled, Is.True);
    }

    [Test]
    public void Credentials_that_fail_fail_the_call()
    {
        var credentials = CallCredentials.FromInterceptor((_, _) => throw new InvalidOperationException("no token"));

        Assert.That(
            async () => await Client.UnaryAsync(new Note(), new CallOptions(credentials: credentials)).Soon(),
            Throws.InstanceOf<RpcException>());
        Assert.That(_peer, Is.Null);
    }

    [Test]
    public async Task A_client_certificate_authenticates_the_peer()
    {
        using var channel = Connect(new SslCredentials(), withCertificate: true);

        await new Probe.ProbeClient(channel).UnaryAsync(new Note()).Soon();

        var peer = _peer!;
        Assert.That(peer.IsPeerAuthenticated, Is.True);
        Assert.That(peer.PeerIdentityPropertyName, Is.EqualTo("x509_subject_alternative_name"));
        Assert.That(peer.PeerIdentity.Select(property => property.Value), Is.EqualTo(new[] { "localhost" }));
        Assert.That(peer.FindPropertiesByName("x509_common_name").Select(property => property.Value), Is.EqualTo(new[] { "probe" }));
    }

    [Test]
    public async Task Without_a_client_certificate_nobody_is_authenticated()
    {
        await Client.UnaryAsync(new Note()).Soon();

        Assert.That(_peer!.IsPeerAuthenticated, Is.False);
        Assert.That(_peer.PeerIdentity, Is.Empty);
    }

    [Test]
    public void The_official_client_refuses_certificates_in_ssl_credentials() =>
        Assert.That(() => Connect(new SslCredentials("pem"), withCertificate: false), Throws.InvalidOperationException);

    private static CallCredentials Token(string token) => CallCredentials.FromInterceptor((_, headers) =>
    {
        headers.Add("authorization", token);
        return Task.CompletedTask;
    });

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=probe", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }

    private GrpcChannel Connect(ChannelCredentials credentials, bool withCertificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) =>
            server is X509Certificate2 certificate && certificate.Thumbprint == _certificate.Thumbprint;
        if (withCertificate)
            handler.SslOptions.ClientCertificates = [_certificate];

        return GrpcChannel.ForAddress(_address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            Credentials = credentials,
        });
    }
}
