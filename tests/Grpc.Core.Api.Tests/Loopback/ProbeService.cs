namespace Grpc.Core.Api.Tests.Loopback;

/// <summary>Answers as each test says; unless told otherwise, a request comes back.</summary>
internal sealed class ProbeService : Probe.ProbeBase
{
    public UnaryServerMethod<Note, Note> OnUnary { get; set; } = (request, _) => Task.FromResult(request);

    public ClientStreamingServerMethod<Note, Note> OnCollect { get; set; } = async (requests, _) =>
        new Note { Text = string.Join(',', (await requests.ReadAll()).Select(note => note.Text)) };

    public ServerStreamingServerMethod<Note, Note> OnExpand { get; set; } = async (request, responses, context) =>
    {
        foreach (var text in request.Text.Split(','))
            await responses.WriteAsync(new Note { Text = text }, context.CancellationToken);
    };

    public DuplexStreamingServerMethod<Note, Note> OnChat { get; set; } = async (requests, responses, context) =>
    {
        while (await requests.MoveNext())
            await responses.WriteAsync(requests.Current, context.CancellationToken);
    };

    public override Task<Note> Unary(Note request, ServerCallContext context) => OnUnary(request, context);

    public override Task<Note> Collect(IAsyncStreamReader<Note> requestStream, ServerCallContext context) =>
        OnCollect(requestStream, context);

    public override Task Expand(Note request, IServerStreamWriter<Note> responseStream, ServerCallContext context) =>
        OnExpand(request, responseStream, context);

    public override Task Chat(
        IAsyncStreamReader<Note> requestStream, IServerStreamWriter<Note> responseStream, ServerCallContext context) =>
        OnChat(requestStream, responseStream, context);
}
