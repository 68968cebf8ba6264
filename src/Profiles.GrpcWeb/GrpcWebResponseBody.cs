using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Profiles.GrpcWeb;

/// <summary>The body of an answer: the frames of the messages, then one with the trailers.</summary>
/// <remarks>
/// An answer without messages needs no frame of trailers: the server behind puts its status into the headers
/// ("Trailers-Only"), and gRPC-Web knows that form as well. What does not answer in gRPC, for instance a route that is none of gRPC's,
/// keeps its body as it is.
/// </remarks>
internal sealed class GrpcWebResponseBody : IHttpResponseBodyFeature, IHttpResponseTrailersFeature
{
    private readonly IHttpResponseBodyFeature inner;
    private readonly HttpResponse response;
    private bool ended;

    public GrpcWebResponseBody(IHttpResponseBodyFeature inner, GrpcWebMode mode, HttpResponse response)
    {
        this.inner = inner;
        this.response = response;
        Writer = mode == GrpcWebMode.Text ? new Base64PipeWriter(inner.Writer, () => GrpcWebMediaType.IsGrpc(response)) : inner.Writer;
        Stream = mode == GrpcWebMode.Text ? Writer.AsStream(leaveOpen: true) : inner.Stream;
    }

    public PipeWriter Writer { get; }

    public Stream Stream { get; }

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A gRPC answer sends no files.");

    /// <summary>Called by the server behind when it ends an answer early, for instance at a deadline.</summary>
    public async Task CompleteAsync()
    {
        await EndAsync();
        await inner.CompleteAsync();
    }

    /// <summary>Writes the trailers, once, if the answer has begun.</summary>
    public async Task EndAsync()
    {
        if (!GrpcWebMediaType.IsGrpc(response))
        {
            // The server flushes its own writer at the end, and knows nothing of ours.
            if (Writer is Base64PipeWriter { UnflushedBytes: > 0 })
                await Writer.FlushAsync();
            return;
        }

        if (ended || !response.HasStarted)
            return;
        ended = true;
        TrailersFrame.Write(Trailers, Writer);
        await Writer.FlushAsync();
    }
}
