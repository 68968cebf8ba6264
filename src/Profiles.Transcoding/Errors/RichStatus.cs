using Google.Protobuf;
using Grpc.Core;

namespace Profiles.Transcoding.Errors;

/// <summary>The status of a call with the details that its trailers carry.</summary>
internal static class RichStatus
{
    private const string Trailer = "grpc-status-details-bin";

    public static Google.Rpc.Status Of(Status failed, Metadata trailers, out bool malformed)
    {
        var status = new Google.Rpc.Status { Code = (int)failed.StatusCode, Message = failed.Detail ?? "" };
        malformed = false;
        foreach (var entry in trailers)
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
