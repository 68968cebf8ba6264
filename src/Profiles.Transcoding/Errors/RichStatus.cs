using Google.Protobuf;
using Grpc.Core;

namespace Profiles.Transcoding.Errors;

/// <summary>The status of an <see cref="RpcException"/> with the details that its trailers carry.</summary>
internal static class RichStatus
{
    private const string Trailer = "grpc-status-details-bin";

    public static Google.Rpc.Status Of(RpcException error, out bool malformed)
    {
        var status = new Google.Rpc.Status { Code = (int)error.StatusCode, Message = error.Status.Detail ?? "" };
        malformed = false;
        foreach (var entry in error.Trailers)
        {
            if (entry.Key != Trailer) continue;
            try
            {
                status.Details.Add(Google.Rpc.Status.Parser.ParseFrom(entry.ValueBytes).Details);
            }
            catch (InvalidProtocolBufferException)
            {
                malformed = true;
            }

            break;
        }

        return status;
    }
}
