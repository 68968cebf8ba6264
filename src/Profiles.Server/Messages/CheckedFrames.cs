using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Profiles.Server.Errors;

namespace Profiles.Server.Messages;

/// <summary>
/// The body of a gRPC request, with the head of each frame checked before the gRPC server reads it. That one throws at what no frame
/// begins with, and at a body that breaks off, and logs it as an error of its own.
/// </summary>
/// <remarks>The server consumes whole frames only, so that whatever it is given begins with one.</remarks>
internal sealed class CheckedFrames(PipeReader body) : PipeReader, IRequestBodyPipeFeature
{
    private const byte Compressed = 1;

    // The first of the four bytes of a length, beyond which it does not fit into an int.
    private const byte MaxLengthByte = 0x7f;

    public PipeReader Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return Check(await body.ReadAsync(cancellationToken));
        }
        catch (IOException exception)
        {
            throw ErrorMap.ToRpcException(Describe(exception));
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!body.TryRead(out result))
            return false;
        Check(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        try
        {
            body.AdvanceTo(consumed, examined);
        }
        catch (IOException exception)
        {
            // Kestrel counts the bytes here.
            throw ErrorMap.ToRpcException(Describe(exception));
        }
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => body.CompleteAsync(exception);

    private static Google.Rpc.Status Describe(IOException exception) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ErrorMap.BodyTooLarge(),
            BadHttpRequestException => ErrorMap.BodyInvalid("The request's body is malformed, or came too slowly."),
            // The client has gone.
            _ => ErrorMap.Cancelled(),
        };

    private ReadResult Check(ReadResult read)
    {
        Span<byte> head = stackalloc byte[2];
        head.Clear();
        read.Buffer.Slice(0, Math.Min(read.Buffer.Length, head.Length)).CopyTo(head);
        if (head is [<= Compressed, <= MaxLengthByte])
            return read;

        // As every reader of a pipe does before it leaves.
        body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        throw ErrorMap.ToRpcException(head[0] > Compressed ? ErrorMap.BodyInvalid("The request is not made of frames of gRPC.") : ErrorMap.BodyTooLarge());
    }
}
