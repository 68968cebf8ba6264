namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class StatusTests
{
    private static readonly Status s_status = new(StatusCode.NotFound, "no such thing");

    [Test]
    public void The_defaults_have_no_detail()
    {
        Assert.That(Status.DefaultSuccess, Is.EqualTo(new Status(StatusCode.OK, "")));
        Assert.That(Status.DefaultCancelled, Is.EqualTo(new Status(StatusCode.Cancelled, "")));
    }

    [Test]
    public void A_status_has_what_it_was_made_of()
    {
        var cause = new InvalidOperationException("cause");
        var status = new Status(StatusCode.Internal, "detail", cause);

        Assert.That(status.StatusCode, Is.EqualTo(StatusCode.Internal));
        Assert.That(status.Detail, Is.EqualTo("detail"));
        Assert.That(status.DebugException, Is.SameAs(cause));
        Assert.That(s_status.DebugException, Is.Null);
    }

    [Test]
    public void The_text_of_a_status_has_all_parts()
    {
        Assert.That(s_status.ToString(), Is.EqualTo("""Status(StatusCode="NotFound", Detail="no such thing")"""));
        Assert.That(
            new Status(StatusCode.Internal, "detail", new InvalidOperationException("cause")).ToString(),
            Is.EqualTo("""Status(StatusCode="Internal", Detail="detail", DebugException="System.InvalidOperationException: cause")"""));
    }

    [Test]
    public void An_exception_has_the_status_as_its_message_unless_it_gets_one()
    {
        Assert.That(new RpcException(s_status).Message, Is.EqualTo(s_status.ToString()));
        Assert.That(new RpcException(s_status, []).Message, Is.EqualTo(s_status.ToString()));
        Assert.That(new RpcException(s_status, "message").Message, Is.EqualTo("message"));
        Assert.That(new RpcException(s_status, [], "message").Message, Is.EqualTo("message"));
    }

    [Test]
    public void An_exception_has_its_status_and_trailers()
    {
        var trailers = new Metadata();
        var exception = new RpcException(s_status, trailers);

        Assert.That(exception.Status, Is.EqualTo(s_status));
        Assert.That(exception.StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(exception.Trailers, Is.SameAs(trailers));
        Assert.That(new RpcException(s_status).Trailers, Is.SameAs(Metadata.Empty));
        Assert.That(() => new RpcException(s_status, (Metadata)null!), Throws.ArgumentNullException);
    }
}
