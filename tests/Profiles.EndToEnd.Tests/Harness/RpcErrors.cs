using Google.Rpc;
using Grpc.Core;
using Status = Profiles.Rpc.Status;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>What an RPC error carries.</summary>
internal static class RpcErrors
{
    /// <summary>Awaits a call that has to fail, and returns how.</summary>
    public static async Task<RpcException> FailureOf<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            var answer = await call;
            throw new AssertionException($"The call succeeded: {answer}");
        }
        catch (RpcException exception)
        {
            return exception;
        }
    }

    /// <summary>The google.rpc.Status of the error.</summary>
    public static Status RichStatus(this RpcException exception) =>
        Status.Parser.ParseFrom(exception.Trailers.GetValueBytes("grpc-status-details-bin"));

    /// <summary>The stable reason.</summary>
    public static string Reason(this RpcException exception) => exception.RichStatus().Reason();

    /// <summary>The stable reason; <c>type</c> is what the field <c>reason</c> was called in this package's release.</summary>
    public static string Reason(this Status status) =>
        status.Details.First(detail => detail.Is(ErrorInfo.Descriptor)).Unpack<ErrorInfo>().Type;

    /// <summary>The fields whose rules are broken.</summary>
    public static IReadOnlyList<string> ViolatedFields(this RpcException exception) => exception.RichStatus().ViolatedFields();

    /// <summary>The fields whose rules are broken.</summary>
    public static IReadOnlyList<string> ViolatedFields(this Status status) =>
        status.Details
            .Where(detail => detail.Is(BadRequest.Descriptor))
            .SelectMany(detail => detail.Unpack<BadRequest>().FieldViolations)
            .Select(violation => violation.Field)
            .ToList();
}
