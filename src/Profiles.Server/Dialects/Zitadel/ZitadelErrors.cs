using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Contracts.Zitadel.V1;
using Profiles.Core.Errors;
using Profiles.Server.Errors;
using Status = Google.Rpc.Status;

namespace Profiles.Server.Dialects.Zitadel;

/// <summary>Says failures as Zitadel does: those that it documents by its own codes, ids and texts, all others as we do.</summary>
internal sealed class ZitadelErrors : IErrorTranslator
{
    /// <summary>An update that changes nothing.</summary>
    public static RpcException NotChanged() =>
        ErrorMap.ToRpcException(WithId(StatusCode.FailedPrecondition, "COMMAND-2M0fs", "Profile not changed"));

    /// <inheritdoc/>
    public Status Translate(ProfilesException exception) => exception.Reason switch
    {
        ErrorReason.InvalidRequest when exception.Violations is [var first, ..] =>
            Plain(StatusCode.InvalidArgument, $"invalid UpdateMyProfileRequest.{first.Field}: {first.Description}"),
        ErrorReason.ProfileNotFound => WithId(StatusCode.FailedPrecondition, "COMMAND-3M9sd", "Profile not found"),
        ErrorReason.CredentialMissing => Plain(StatusCode.Unauthenticated, "auth header missing"),
        ErrorReason.CredentialInvalid => WithId(StatusCode.Unauthenticated, "AUTH-7fs1e", "Errors.Token.Invalid"),
        ErrorReason.OrganizationForbidden or ErrorReason.OrganizationUnknown =>
            WithId(StatusCode.PermissionDenied, "AUTH-Bs7Ds", "Organisation doesn't exist"),
        _ => ErrorMap.ToStatus(exception),
    };

    private static Status WithId(StatusCode code, string id, string message)
    {
        var status = Plain(code, $"{message} ({id})");
        status.Details.Add(Any.Pack(new ErrorDetail { Id = id, Message = message }));
        return status;
    }

    private static Status Plain(StatusCode code, string message) => new() { Code = (int)code, Message = message };
}
