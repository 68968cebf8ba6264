namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class ServerCallContextTests
{
    [Test]
    public async Task Public_members_ask_the_core_members()
    {
        var context = new FakeContext();
        var (status, write, headers) = (new Status(StatusCode.Aborted, "detail"), new WriteOptions(), new Metadata());

        context.Status = status;
        context.WriteOptions = write;
        await context.WriteResponseHeadersAsync(headers).Soon();

        Assert.That((context.Method, context.Host, context.Peer), Is.EqualTo(("method", "host", "peer")));
        Assert.That(context.Deadline, Is.EqualTo(DateTime.MaxValue));
        Assert.That(context.RequestHeaders, Is.SameAs(context.Request));
        Assert.That(context.ResponseTrailers, Is.SameAs(context.Trailers));
        Assert.That(context.CancellationToken, Is.EqualTo(context.Source.Token));
        Assert.That(context.AuthContext, Is.SameAs(context.Auth));
        Assert.That(context.Status, Is.EqualTo(status));
        Assert.That(context.WriteOptions, Is.SameAs(write));
        Assert.That(context.Written, Is.SameAs(headers));
        Assert.That(() => context.CreatePropagationToken(), Throws.InstanceOf<NotSupportedException>());
        Assert.That(() => context.CreatePropagationToken(ContextPropagationOptions.Default), Throws.InstanceOf<NotSupportedException>());
    }

    [Test]
    public void Every_call_has_a_user_state_of_its_own()
    {
        var (one, two) = (new FakeContext(), new FakeContext());

        one.UserState["key"] = "value";

        Assert.That(one.UserState["key"], Is.EqualTo("value"));
        Assert.That(two.UserState, Is.Empty);
    }

    [Test]
    public void A_peer_is_authenticated_by_the_properties_with_the_name()
    {
        var (name, subject, common) = (Property("name", "a"), Property("name", "b"), Property("common", "c"));
        var context = new AuthContext("name", new() { ["name"] = [name, subject], ["common"] = [common] });

        Assert.That(context.IsPeerAuthenticated, Is.True);
        Assert.That(context.PeerIdentityPropertyName, Is.EqualTo("name"));
        Assert.That(context.PeerIdentity, Is.EqualTo(new[] { name, subject }));
        Assert.That(context.Properties, Is.EquivalentTo(new[] { name, subject, common }));
        Assert.That(context.FindPropertiesByName("common"), Is.EqualTo(new[] { common }));
        Assert.That(context.FindPropertiesByName("other"), Is.Empty);
        Assert.That(context.FindPropertiesByName("Name"), Is.Empty, "Case counts.");
    }

    [Test]
    public void Without_a_name_nobody_is_authenticated()
    {
        var context = new AuthContext(null, new() { ["name"] = [Property("name", "a")] });

        Assert.That(context.IsPeerAuthenticated, Is.False);
        Assert.That(context.PeerIdentity, Is.Empty);
        Assert.That(() => new AuthContext(null, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_property_cannot_be_changed_from_outside()
    {
        var value = "größe"u8.ToArray();
        var property = AuthProperty.Create("name", value);

        value[0] = 0;
        property.ValueBytes[1] = 0;

        Assert.That(property.Name, Is.EqualTo("name"));
        Assert.That(property.Value, Is.EqualTo("größe"));
        Assert.That(property.ValueBytes, Is.EqualTo("größe"u8.ToArray()));
        Assert.That(() => AuthProperty.Create(null!, value), Throws.ArgumentNullException);
        Assert.That(() => AuthProperty.Create("name", null!), Throws.ArgumentNullException);
    }

    private static AuthProperty Property(string name, string value) => AuthProperty.Create(name, System.Text.Encoding.UTF8.GetBytes(value));

    private sealed class FakeContext : ServerCallContext
    {
        public Metadata Request { get; } = [];

        public Metadata Trailers { get; } = [];

        public Metadata? Written { get; private set; }

        public AuthContext Auth { get; } = new(null, []);

        public CancellationTokenSource Source { get; } = new();

        protected override string MethodCore => "method";

        protected override string HostCore => "host";

        protected override string PeerCore => "peer";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore => Request;

        protected override CancellationToken CancellationTokenCore => Source.Token;

        protected override Metadata ResponseTrailersCore => Trailers;

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore => Auth;

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
        {
            Written = responseHeaders;
            return Task.CompletedTask;
        }

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            throw new NotSupportedException();
    }
}
