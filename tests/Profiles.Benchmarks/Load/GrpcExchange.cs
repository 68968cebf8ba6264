using System.Buffers.Binary;
using System.Diagnostics;

namespace Profiles.Benchmarks.Load;

/// <summary>The request that a gRPC caller has in flight, and its answer as far as it has come.</summary>
internal sealed class GrpcExchange(Caller caller)
{
    private const int PrefixLength = 5;

    private byte[] answer = new byte[4096];
    private int length;

    /// <summary>The call.</summary>
    public Call Call { get; private set; }

    /// <summary>When it began.</summary>
    public long Started { get; private set; }

    /// <summary>The bytes of the answer.</summary>
    public int Length => length;

    public void Begin()
    {
        Call = caller.Next();
        length = 0;
        Started = Stopwatch.GetTimestamp();
    }

    public void Add(ReadOnlySpan<byte> data)
    {
        if (answer.Length < length + data.Length)
            Array.Resize(ref answer, (length + data.Length) * 2);
        data.CopyTo(answer.AsSpan(length));
        length += data.Length;
    }

    /// <summary>Whether the answer is one whole message, and the right one.</summary>
    public bool IsRight(Operation operation) =>
        length >= PrefixLength
        && BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(1)) == length - PrefixLength
        && operation.IsRight(answer.AsSpan(PrefixLength, length - PrefixLength), Call);
}
