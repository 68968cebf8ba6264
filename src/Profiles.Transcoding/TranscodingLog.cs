using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Profiles.Transcoding;

/// <summary>Every log event of this assembly: 3000–3099. None holds what a caller sent.</summary>
internal static partial class TranscodingLog
{
    [LoggerMessage(3000, LogLevel.Debug, "{Method} is served at {HttpMethod} {Template}")]
    public static partial void Mapped(ILogger logger, string method, string httpMethod, string template);

    [LoggerMessage(3001, LogLevel.Information, "{Method} failed with {Code} (HTTP {HttpStatus})")]
    public static partial void Failed(ILogger logger, string method, StatusCode code, int httpStatus);

    [LoggerMessage(3002, LogLevel.Error, "{Method} threw an exception")]
    public static partial void Threw(ILogger logger, string method, Exception exception);

    [LoggerMessage(3003, LogLevel.Information, "{Method}: the client has gone (HTTP 499)")]
    public static partial void ClientGone(ILogger logger, string method);

    [LoggerMessage(3004, LogLevel.Information, "{Method}: a request was refused (HTTP {HttpStatus})")]
    public static partial void Refused(ILogger logger, string method, int httpStatus);

    [LoggerMessage(3005, LogLevel.Error, "{Method}: the response has no JSON form")]
    public static partial void Unwritable(ILogger logger, string method, Exception exception);

    [LoggerMessage(3006, LogLevel.Warning, "{Method}: the header {Header} was dropped, its value is not printable ASCII")]
    public static partial void HeaderDropped(ILogger logger, string method, string header);

    [LoggerMessage(3007, LogLevel.Error, "{Method}: an exception came after the deadline's answer")]
    public static partial void ThrewLate(ILogger logger, string method, Exception exception);

    [LoggerMessage(3008, LogLevel.Warning, "{Service} has no descriptor, so it has no REST endpoints")]
    public static partial void NoDescriptor(ILogger logger, string service);

    [LoggerMessage(3009, LogLevel.Warning, "{Method}: grpc-status-details-bin is no google.rpc.Status and was ignored")]
    public static partial void BadDetails(ILogger logger, string method);

    [LoggerMessage(3010, LogLevel.Error, "{Method}: the error could not be written, the response had begun")]
    public static partial void TooLate(ILogger logger, string method);
}
