namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class StreamTests
{
    [Test]
    public async Task A_writer_without_cancellation_writes_when_nothing_can_cancel()
    {
        var writer = new OldWriter();

        await ((IAsyncStreamWriter<string>)writer).WriteAsync("message", CancellationToken.None).Soon();

        Assert.That(writer.Written, Is.EqualTo(new[] { "message" }));
    }

    [Test]
    public void A_writer_without_cancellation_refuses_what_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var writer = new OldWriter();

        Assert.That(() => ((IAsyncStreamWriter<string>)writer).WriteAsync("message", source.Token), Throws.InstanceOf<NotSupportedException>());
        Assert.That(writer.Written, Is.Empty);
    }

    [Test]
    public async Task Move_next_without_a_token_moves_with_none()
    {
        var reader = new ListReader("a");

        Assert.That(await reader.MoveNext().Soon(), Is.True);
        Assert.That(await reader.MoveNext().Soon(), Is.False);
        Assert.That(reader.Token, Is.EqualTo(CancellationToken.None));
    }

    [TestCase]
    [TestCase("a")]
    [TestCase("a", "b", "c")]
    public async Task All_messages_are_read_in_order(params string[] messages) =>
        Assert.That(await new ListReader(messages).ReadAll(), Is.EqualTo(messages));

    [Test]
    public async Task The_token_of_an_enumeration_reaches_the_reader([Values] bool atTheLoop)
    {
        using var source = new CancellationTokenSource();
        var reader = new ListReader("a");
        var messages = atTheLoop ? reader.ReadAllAsync().WithCancellation(source.Token) : reader.ReadAllAsync(source.Token).ConfigureAwait(false);

        await foreach (var _ in messages)
        {
        }

        Assert.That(reader.Token, Is.EqualTo(source.Token));
    }

    [Test]
    public void Null_is_refused_at_once()
    {
        Assert.That(() => ((IAsyncStreamReader<string>)null!).MoveNext(), Throws.ArgumentNullException);
        Assert.That(() => ((IAsyncStreamReader<string>)null!).ReadAllAsync(), Throws.ArgumentNullException);
    }

    private sealed class OldWriter : IAsyncStreamWriter<string>
    {
        public List<string> Written { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            Written.Add(message);
            return Task.CompletedTask;
        }
    }

    private sealed class ListReader(params string[] messages) : IAsyncStreamReader<string>
    {
        private int _next;

        public string Current => messages[_next - 1];

        public CancellationToken Token { get; private set; }

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            return Task.FromResult(_next++ < messages.Length);
        }
    }
}
