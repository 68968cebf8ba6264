using Grpc.Core;

namespace Profiles.Transcoding.Errors;

/// <summary>The HTTP status of each code, as google/rpc/code.proto documents it.</summary>
internal static class HttpStatusMap
{
    public const int ClientClosedRequest = 499;

    public static int Of(int code) => (StatusCode)code switch
    {
        StatusCode.OK => 200,
        StatusCode.Cancelled => ClientClosedRequest,
        StatusCode.InvalidArgument => 400,
        StatusCode.FailedPrecondition => 400,
        StatusCode.OutOfRange => 400,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.NotFound => 404,
        StatusCode.AlreadyExists => 409,
        StatusCode.Aborted => 409,
        StatusCode.ResourceExhausted => 429,
        StatusCode.Unimplemented => 501,
        StatusCode.Unavailable => 503,
        StatusCode.DeadlineExceeded => 504,
        _ => 500,
    };
}
