using Google.Protobuf;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Calls;

/// <summary>
/// A download: the data of each <c>google.api.HttpBody</c>, one after the other; the type is that of the first. An error after
/// the first cuts the connection, so that nobody takes the part for the whole.
/// </summary>
internal sealed class RawStream<TResponse>(TranscodingCallContext call, TranscodingSettings settings, JsonField? field)
    : ResponseStream<TResponse>(call, settings)
    where TResponse : class
{
    protected override async Task WriteMessageAsync(IMessage message)
    {
        var body = RawBody.Of(message, field);
        Demand(body.Data.Length);
        await BeginAsync(response => RawBody.SetHeaders(response, body.ContentType));
        if (IsAnswered || body.Data.IsEmpty) return;
        await Context.Response.BodyWriter.WriteAsync(body.Data.Memory, Context.RequestAborted);
        Context.RequestAborted.ThrowIfCancellationRequested();
    }

    protected override Task<bool> WriteErrorAsync(Google.Rpc.Status status) => Task.FromResult(false);

    protected override Task WriteEndAsync() => BeginAsync(static _ => { });
}
