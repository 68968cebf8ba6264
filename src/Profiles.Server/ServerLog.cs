namespace Profiles.Server;

/// <summary>
/// Every log event of the server. Ids 1000–1099. None holds a credential, an identifier of a user, or a value of a profile.
/// </summary>
internal static partial class ServerLog
{
    [LoggerMessage(1000, LogLevel.Information, "Serving REST at {HttpAddress} and gRPC at {GrpcAddress}")]
    public static partial void Serving(ILogger logger, string httpAddress, string grpcAddress);

    [LoggerMessage(1001, LogLevel.Information, "Stopping: requests that are running finish, new ones are refused")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(1002, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(1003, LogLevel.Information, "Applied the migration {Migration}")]
    public static partial void MigrationApplied(ILogger logger, string migration);

    [LoggerMessage(1004, LogLevel.Critical, "The embedded database cannot be kept running")]
    public static partial void EmbeddedDatabaseLost(ILogger logger, Exception exception);

    [LoggerMessage(1005, LogLevel.Information, "Draining for {Seconds} seconds: health says NOT_SERVING, requests are still served")]
    public static partial void Draining(ILogger logger, double seconds);

    [LoggerMessage(1010, LogLevel.Error, "{Method} failed unexpectedly")]
    public static partial void CallFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(1011, LogLevel.Warning, "The database could not be reached, at {Calls} calls since the last report; the cause is that of the last one, {Method}")]
    public static partial void StorageUnavailable(ILogger logger, int calls, string method, Exception? exception);

    [LoggerMessage(1012, LogLevel.Debug, "{Method} could not reach the database")]
    public static partial void CallWithoutStorage(ILogger logger, string method);

    [LoggerMessage(1020, LogLevel.Information, "{Method} was refused: {Reason}")]
    public static partial void AccessRefused(ILogger logger, string method, Core.Errors.ErrorReason reason);

    [LoggerMessage(1021, LogLevel.Information, "{Method}: a token was refused: {Fault}")]
    public static partial void TokenRefused(ILogger logger, string method, Tokens.TokenFault fault);

    [LoggerMessage(1022, LogLevel.Information, "{Method}: an API key was refused: {Fault}")]
    public static partial void ApiKeyRefused(ILogger logger, string method, Access.Authentication.CredentialFault fault);

    [LoggerMessage(1023, LogLevel.Information, "{Method}: a signature was refused: {Fault}")]
    public static partial void SignatureRefused(ILogger logger, string method, Access.Authentication.CredentialFault fault);

    [LoggerMessage(1024, LogLevel.Information, "{Method}: two credentials that do not agree were refused")]
    public static partial void CredentialsContradict(ILogger logger, string method);

    [LoggerMessage(1025, LogLevel.Warning, "A secret of the application {Application} cannot be decrypted: the master key {MasterKey} is missing, or another key of that id")]
    public static partial void SecretUnreadable(ILogger logger, Guid application, string masterKey);

    [LoggerMessage(1026, LogLevel.Warning, "The last uses of API keys could not be noted")]
    public static partial void UsesNotNoted(ILogger logger, Exception exception);

    [LoggerMessage(1030, LogLevel.Information, "Forgot {Count} requests whose time for retries is over")]
    public static partial void RequestsForgotten(ILogger logger, int count);

    [LoggerMessage(1031, LogLevel.Warning, "Old requests or signatures could not be forgotten; the next attempt follows")]
    public static partial void ForgettingFailed(ILogger logger, Exception exception);

    [LoggerMessage(1032, LogLevel.Information, "Removed the deleted organization {Organization} with all of its records")]
    public static partial void OrganizationRemoved(ILogger logger, string organization);

    [LoggerMessage(1033, LogLevel.Warning, "Records of deleted organizations could not be removed; the next attempt follows")]
    public static partial void RemovingFailed(ILogger logger, Exception exception);

    [LoggerMessage(1040, LogLevel.Information, "Ready: the database can be reached, and its schema is up to date")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(1041, LogLevel.Warning, "Not ready: {Obstacle}")]
    public static partial void NotReady(ILogger logger, Health.Obstacle obstacle, Exception? exception);

    [LoggerMessage(1050, LogLevel.Debug, "{Method}: a credential's allowance is used up for {Seconds} s")]
    public static partial void RateLimited(ILogger logger, string method, double seconds);

    [LoggerMessage(1051, LogLevel.Warning, "Rate limits are not shared with other servers for now: the database cannot be reached")]
    public static partial void LimitsAlone(ILogger logger, Exception? exception);

    [LoggerMessage(1052, LogLevel.Information, "Rate limits are shared with other servers again")]
    public static partial void LimitsShared(ILogger logger);

    [LoggerMessage(1053, LogLevel.Warning, "Too many failed authentications from {Address}: its callers are refused, unless known")]
    public static partial void AddressThrottled(ILogger logger, string address);

    [LoggerMessage(1054, LogLevel.Warning, "Too many failed authentications with keys of one prefix: refused, unless known")]
    public static partial void PrefixThrottled(ILogger logger);

    [LoggerMessage(1055, LogLevel.Warning, "Overloaded: {Count} calls were refused since the last time this was logged")]
    public static partial void Overloaded(ILogger logger, long count);

    [LoggerMessage(1070, LogLevel.Information, "Pictures are made by libvips {Version}")]
    public static partial void ImageLibraryLoaded(ILogger logger, string version);

    [LoggerMessage(1071, LogLevel.Warning, "No picture can be uploaded: {Problem} Pictures__LibraryPath names another one")]
    public static partial void ImageLibraryMissing(ILogger logger, string problem);

    [LoggerMessage(1072, LogLevel.Debug, "An image was refused: it {Rule}")]
    public static partial void ImageRefused(ILogger logger, string rule);

    [LoggerMessage(1073, LogLevel.Information, "Removed {Pictures} pictures that no profile had, and {Files} sets of files that no picture had")]
    public static partial void PicturesCollected(ILogger logger, int pictures, int files);

    [LoggerMessage(1074, LogLevel.Warning, "Old pictures could not be removed; the next attempt follows")]
    public static partial void CollectingFailed(ILogger logger, Exception exception);

    [LoggerMessage(1080, LogLevel.Warning, "Replacements of denylists that broke off could not be undone; the next attempt follows in a minute")]
    public static partial void MendingFailed(ILogger logger, Exception exception);

    [LoggerMessage(1060, LogLevel.Information, "The keys of the issuer {Issuer} were read, and are new: {Count}")]
    public static partial void KeysRead(ILogger logger, string issuer, int count);

    [LoggerMessage(1061, LogLevel.Warning, "The issuer {Issuer} has no key that verifies ES256 or RS256: none of its tokens is valid")]
    public static partial void NoKeys(ILogger logger, string issuer);

    [LoggerMessage(1062, LogLevel.Warning, "The keys of the issuer {Issuer} cannot be read; those at hand stay in use: {Problem}")]
    public static partial void KeysUnreadable(ILogger logger, string issuer, string problem, Exception exception);

    [LoggerMessage(1063, LogLevel.Information, "The keys of the issuer {Issuer} can be read again, and are the same")]
    public static partial void KeysReadAgain(ILogger logger, string issuer);
}
