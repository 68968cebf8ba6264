using Microsoft.Extensions.Logging;

namespace Profiles.OpenApi;

/// <summary>Every log event of the library. Ids 3100–3149.</summary>
internal static partial class OpenApiLog
{
    [LoggerMessage(3100, LogLevel.Warning, "OpenAPI cannot tell {HttpMethod} {Path} of {Method} from a path that another method has: it is left out of the document")]
    public static partial void LeftOut(ILogger logger, string method, string httpMethod, string path);

    [LoggerMessage(3101, LogLevel.Information, "Made the OpenAPI document {Path}: {Operations} operations, {Bytes} bytes")]
    public static partial void Made(ILogger logger, string path, int operations, int bytes);
}
