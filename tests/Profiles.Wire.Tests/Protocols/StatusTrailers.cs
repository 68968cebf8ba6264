using Grpc.Core;

namespace Profiles.Wire.Tests.Protocols;

/// <summary>The google.rpc.Status that the trailers of a failed call carry.</summary>
internal static class StatusTrailers
{
    private const string Details = "grpc-status-details-bin";

    public static Google.Rpc.Status Read(Status status, Metadata trailers)
    {
        var plain = new Google.Rpc.Status { Code = (int)status.StatusCode, Message = status.Detail };
        if (trailers.GetValueBytes(Details) is not { } details)
            return plain;
        var rich = Google.Rpc.Status.Parser.ParseFrom(details);
        Assert.That((rich.Code, rich.Message), Is.EqualTo((plain.Code, plain.Message)), "the details contradict the status");
        return rich;
    }
}
