using Profiles.Core.Access;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Errors;
using Profiles.Server.Access.Directories;

namespace Profiles.Server.Access.Authentication;

/// <summary>Checks requests that applications have signed.</summary>
internal sealed class ApplicationAuthenticator(
    ApplicationDirectory directory, ISignatureStore signatures, TimeProvider clock, ILogger<ApplicationAuthenticator> logger)
    : IAuthenticator
{
    public async ValueTask<Caller?> AuthenticateAsync(HttpRequest request, CredentialHeaders headers, string method)
    {
        if (!CredentialHeaders.TryRead(request.Headers, headers.AppKey, out var appKey))
            throw Refuse(method, CredentialFault.Form);
        if (appKey is null)
            return null;
        if (!ApplicationText.IsKey(appKey) || ReadSignature(request.Headers, headers) is not { } signature)
            throw Refuse(method, CredentialFault.Form);

        var cancellationToken = request.HttpContext.RequestAborted;
        var now = clock.GetUtcNow().UtcDateTime;
        // For an application that never was, the same work with secrets that nobody knows.
        var known = await directory.FindAsync(appKey, cancellationToken) ?? KnownApplication.Nobody;
        if (!signature.IsMadeWith(known.SecretsAt(now)))
            throw Refuse(method, CredentialFault.Signature);
        if (known.Application.RevokeTime is not null)
            throw Refuse(method, CredentialFault.Revoked);
        await DemandFreshnessAsync(known.Application, signature, now, method, cancellationToken);
        return known.Caller;
    }

    private async ValueTask DemandFreshnessAsync(
        Application application, RequestSignature signature, DateTime now, string method, CancellationToken cancellationToken)
    {
        if (application.Content.FreshnessWindow is not { } window)
            return;
        if (!signature.TryGetTime(out var time) || (now - time).Duration() > window)
            throw Refuse(method, CredentialFault.Stale);
        if (application.Content.RefuseReplays
            && !await signatures.TakeAsync(
                application.Organization, application.Id, signature.Digest, time + window, cancellationToken))
        {
            throw Refuse(method, CredentialFault.Replayed);
        }
    }

    private static RequestSignature? ReadSignature(IHeaderDictionary request, CredentialHeaders headers) =>
        CredentialHeaders.TryRead(request, headers.Nonce, out var nonce)
        && CredentialHeaders.TryRead(request, headers.Timestamp, out var timestamp)
        && CredentialHeaders.TryRead(request, headers.Signature, out var signature)
            ? RequestSignature.TryRead(nonce ?? string.Empty, timestamp ?? string.Empty, signature ?? string.Empty)
            : null;

    private ProfilesException Refuse(string method, CredentialFault fault)
    {
        ServerLog.SignatureRefused(logger, method, fault);
        return Authenticator.Refused();
    }
}
