using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Profiles.Core.Errors;

namespace Profiles.Server.Errors;

/// <summary>The one map from <see cref="ErrorReason"/> to gRPC status codes and google.rpc error details.</summary>
internal static class ErrorMap
{
    /// <summary>The domain of the reasons in <c>google.rpc.ErrorInfo</c>.</summary>
    public const string Domain = "profiles";

    /// <summary>The reason of failures that are our own.</summary>
    public const string InternalReason = "INTERNAL";

    /// <summary>The trailer that carries a google.rpc.Status.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>The status of a failure in the words of the endpoint's contract.</summary>
    public static Google.Rpc.Status ToStatus(ProfilesException exception, Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IErrorTranslator>()?.Translate(exception) ?? ToStatus(exception);

    /// <summary>The status of a failure, with its details.</summary>
    public static Google.Rpc.Status ToStatus(ProfilesException exception)
    {
        var status = Create(CodeOf(exception.Reason), exception.Message, NameOf(exception.Reason));
        if (exception.Violations.Count > 0)
            status.Details.Add(Any.Pack(ToBadRequest(exception.Violations)));
        if (exception.RetryAfter is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        if (exception.Quota is { } quota)
            status.Details.Add(Any.Pack(ToQuotaFailure(quota)));
        return status;
    }

    /// <summary>The status of a failure that its caller is told nothing about.</summary>
    public static Google.Rpc.Status Internal() =>
        Create(StatusCode.Internal, "The server failed. The failure has been logged under this request's id.", InternalReason);

    /// <summary>The status of a call that was not done in the time that its caller gave it.</summary>
    public static Google.Rpc.Status DeadlineExceeded() =>
        Create(StatusCode.DeadlineExceeded, "The deadline of the call has passed.", "DEADLINE_EXCEEDED");

    /// <summary>The status of a call that its caller has given up.</summary>
    public static Google.Rpc.Status Cancelled() => Create(StatusCode.Cancelled, "The call was cancelled.", "CANCELLED");

    /// <summary>The exception that carries a status over gRPC.</summary>
    public static RpcException ToRpcException(Google.Rpc.Status status) =>
        new(
            new Grpc.Core.Status((StatusCode)status.Code, status.Message),
            new Metadata { { DetailsTrailer, Google.Protobuf.MessageExtensions.ToByteArray(status) } });

    /// <summary>The status of a request whose bytes are not what gRPC sends. The code is that which gRPC has for it.</summary>
    public static Google.Rpc.Status BodyInvalid(string message) => Create(StatusCode.Internal, message, "BODY_INVALID");

    /// <summary>The status of a request that is larger than any may be.</summary>
    public static Google.Rpc.Status BodyTooLarge() =>
        Create(StatusCode.ResourceExhausted, "The request is larger than the server takes.", "BODY_TOO_LARGE");

    /// <summary>A status with a reason.</summary>
    public static Google.Rpc.Status Create(StatusCode code, string message, string reason) =>
        new()
        {
            Code = (int)code,
            Message = message,
            // This package is older than the name: its Type is the field that is called reason today.
            Details = { Any.Pack(new ErrorInfo { Type = reason, Domain = Domain }) },
        };

    private static BadRequest ToBadRequest(IReadOnlyList<FieldViolation> violations)
    {
        var badRequest = new BadRequest();
        foreach (var violation in violations)
        {
            badRequest.FieldViolations.Add(
                new BadRequest.Types.FieldViolation { Field = violation.Field, Description = violation.Description });
        }

        return badRequest;
    }

    private static QuotaFailure ToQuotaFailure(QuotaViolation quota) =>
        new()
        {
            Violations = { new QuotaFailure.Types.Violation { Subject = quota.Subject, Description = quota.Description } },
        };

    private static StatusCode CodeOf(ErrorReason reason) =>
        reason switch
        {
            ErrorReason.InvalidRequest or ErrorReason.RequestIdReused => StatusCode.InvalidArgument,
            ErrorReason.CredentialMissing or ErrorReason.CredentialInvalid => StatusCode.Unauthenticated,
            ErrorReason.PermissionMissing or ErrorReason.UserRequired or ErrorReason.FieldForServersOnly
                or ErrorReason.OrganizationUnknown or ErrorReason.OrganizationForbidden or ErrorReason.PictureUploadOff => StatusCode.PermissionDenied,
            ErrorReason.ProfileNotFound or ErrorReason.OutcomeErased
                or ErrorReason.OrganizationNotFound or ErrorReason.CredentialNotFound or ErrorReason.PictureNotFound => StatusCode.NotFound,
            ErrorReason.OrganizationExists or ErrorReason.CredentialExists
                or ErrorReason.UsernameTaken or ErrorReason.UsernameHeld => StatusCode.AlreadyExists,
            ErrorReason.OrganizationNotEmpty or ErrorReason.CredentialEnded or ErrorReason.MasterKeyMissing
                or ErrorReason.EmailKept or ErrorReason.UsernameDenied or ErrorReason.UsernamesNotUnique
                or ErrorReason.ImageLibraryMissing =>
                StatusCode.FailedPrecondition,
            ErrorReason.RateLimited or ErrorReason.RenameLimitReached or ErrorReason.PictureLimitReached => StatusCode.ResourceExhausted,
            ErrorReason.StaleEtag => StatusCode.Aborted,
            ErrorReason.StorageUnavailable or ErrorReason.IssuerUnavailable or ErrorReason.Overloaded => StatusCode.Unavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without a code."),
        };

    private static string NameOf(ErrorReason reason) =>
        reason switch
        {
            ErrorReason.InvalidRequest => "INVALID_REQUEST",
            ErrorReason.CredentialMissing => "CREDENTIAL_MISSING",
            ErrorReason.CredentialInvalid => "CREDENTIAL_INVALID",
            ErrorReason.PermissionMissing => "PERMISSION_MISSING",
            ErrorReason.UserRequired => "USER_REQUIRED",
            ErrorReason.FieldForServersOnly => "FIELD_FOR_SERVERS_ONLY",
            ErrorReason.ProfileNotFound => "PROFILE_NOT_FOUND",
            ErrorReason.StaleEtag => "STALE_ETAG",
            ErrorReason.EmailKept => "EMAIL_KEPT",
            ErrorReason.RequestIdReused => "REQUEST_ID_REUSED",
            ErrorReason.OutcomeErased => "OUTCOME_ERASED",
            ErrorReason.OrganizationUnknown => "ORGANIZATION_UNKNOWN",
            ErrorReason.OrganizationForbidden => "ORGANIZATION_FORBIDDEN",
            ErrorReason.OrganizationNotFound => "ORGANIZATION_NOT_FOUND",
            ErrorReason.OrganizationExists => "ORGANIZATION_EXISTS",
            ErrorReason.OrganizationNotEmpty => "ORGANIZATION_NOT_EMPTY",
            ErrorReason.CredentialNotFound => "CREDENTIAL_NOT_FOUND",
            ErrorReason.CredentialExists => "CREDENTIAL_EXISTS",
            ErrorReason.CredentialEnded => "CREDENTIAL_ENDED",
            ErrorReason.MasterKeyMissing => "MASTER_KEY_MISSING",
            ErrorReason.UsernameTaken => "USERNAME_TAKEN",
            ErrorReason.UsernameHeld => "USERNAME_HELD",
            ErrorReason.UsernameDenied => "USERNAME_DENIED",
            ErrorReason.RenameLimitReached => "RENAME_LIMIT_REACHED",
            ErrorReason.UsernamesNotUnique => "USERNAMES_NOT_UNIQUE",
            ErrorReason.PictureNotFound => "PICTURE_NOT_FOUND",
            ErrorReason.PictureUploadOff => "PICTURE_UPLOAD_OFF",
            ErrorReason.PictureLimitReached => "PICTURE_LIMIT_REACHED",
            ErrorReason.ImageLibraryMissing => "IMAGE_LIBRARY_MISSING",
            ErrorReason.RateLimited => "RATE_LIMITED",
            ErrorReason.Overloaded => "OVERLOADED",
            ErrorReason.StorageUnavailable => "STORAGE_UNAVAILABLE",
            ErrorReason.IssuerUnavailable => "ISSUER_UNAVAILABLE",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without a name."),
        };
}
