using Grpc.AspNetCore.Server;
using Grpc.Core;
using Profiles.Transcoding;

namespace Profiles.Server.Access;

/// <summary>What a request has chosen, before it is carried out.</summary>
internal static class EndpointExtensions
{
    /// <summary>The full name of the RPC, <c>/package.Service/Method</c>; null for what is none.</summary>
    public static string? MethodName(this Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<TranscodingRoute>()?.FullName
        ?? endpoint?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName;

    /// <summary>Whether the RPC is called as REST.</summary>
    public static bool IsRest(this Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<TranscodingRoute>() is not null;

    /// <summary>Whether the RPC may send or take more than one message, and so may last.</summary>
    public static bool IsStream(this Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<TranscodingRoute>() is { Method: var method }
            ? method.IsClientStreaming || method.IsServerStreaming
            : endpoint?.Metadata.GetMetadata<GrpcMethodMetadata>() is { Method.Type: not MethodType.Unary };
}
