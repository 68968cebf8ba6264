using System.Buffers;
using System.Globalization;

namespace Profiles.Transcoding.Calls;

/// <summary>The form in which the messages of a stream follow each other.</summary>
internal abstract class StreamFraming
{
    /// <summary>The media type.</summary>
    public abstract string ContentType { get; }

    /// <summary>What keeps a silent connection open; empty where the form knows nothing of the kind.</summary>
    public virtual ReadOnlyMemory<byte> Heartbeat => default;

    /// <summary>What comes before the JSON of a message.</summary>
    /// <param name="output">The stream.</param>
    /// <param name="number">Of the message, from 1 on.</param>
    public abstract void BeginMessage(PooledBuffer output, long number);

    /// <summary>What comes after it.</summary>
    public abstract void EndMessage(PooledBuffer output);

    /// <summary>What comes before the JSON of a google.rpc.Status.</summary>
    public abstract void BeginError(PooledBuffer output);

    /// <summary>What comes after it.</summary>
    public abstract void EndError(PooledBuffer output);

    /// <summary>What ends a stream in which nothing failed.</summary>
    public virtual void End(PooledBuffer output)
    {
    }
}

/// <summary>One JSON text a line (ndjson.org); an error is the last line, <c>{"error":{…}}</c>.</summary>
internal sealed class JsonLinesFraming : StreamFraming
{
    public override string ContentType => Accepted.JsonLines;

    public override void BeginMessage(PooledBuffer output, long number)
    {
    }

    public override void EndMessage(PooledBuffer output) => output.Write("\n"u8);

    public override void BeginError(PooledBuffer output) => output.Write("{\"error\":"u8);

    public override void EndError(PooledBuffer output) => output.Write("}\n"u8);
}

/// <summary>
/// Server-Sent Events, as the HTML standard describes them. Each message has its number as id. The event <c>error</c> ends a
/// stream that failed, the event <c>end</c> every other one: a browser that is not told closes nothing, it calls again.
/// </summary>
internal sealed class EventStreamFraming : StreamFraming
{
    private static readonly byte[] s_heartbeat = ":\n\n"u8.ToArray();

    public override string ContentType => Accepted.EventStream;

    public override ReadOnlyMemory<byte> Heartbeat => s_heartbeat;

    public override void BeginMessage(PooledBuffer output, long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        output.Write("id: "u8);
        output.Write(digits[..length]);
        output.Write("\ndata: "u8);
    }

    public override void EndMessage(PooledBuffer output) => output.Write("\n\n"u8);

    public override void BeginError(PooledBuffer output) => output.Write("event: error\ndata: "u8);

    public override void EndError(PooledBuffer output) => output.Write("\n\n"u8);

    public override void End(PooledBuffer output) => output.Write("event: end\ndata: {}\n\n"u8);
}
