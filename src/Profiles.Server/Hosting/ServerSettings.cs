using System.Globalization;
using System.Net;
using Profiles.Server.Dialects;
using Profiles.Server.Limits;
using Profiles.Server.Pictures;

namespace Profiles.Server.Hosting;

/// <summary>The settings of the server, from environment variables or any other source of configuration.</summary>
internal sealed record ServerSettings
{
    private const int MaxDrainSeconds = 60;

    /// <summary>Port of REST over HTTP/1.1; 0 lets the system choose one. <c>PROFILES_HTTP_PORT</c>, 8080.</summary>
    public required int HttpPort { get; init; }

    /// <summary>Port of gRPC over cleartext HTTP/2; 0 lets the system choose. <c>PROFILES_GRPC_PORT</c>, 8081.</summary>
    public required int GrpcPort { get; init; }

    /// <summary>Address that both listen on. <c>PROFILES_BIND_ADDRESS</c>, 127.0.0.1.</summary>
    public required IPAddress BindAddress { get; init; }

    /// <summary>
    /// Folder for what the embedded mode keeps. <c>PROFILES_DATA</c>; unless set <c>/var/lib/profiles</c> for root, and
    /// <c>profiles</c> in the user's own data folder for everybody else.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder of PostgreSQL's programs. <c>PROFILES_POSTGRES_BIN</c>; unless set, installed ones are looked for.</summary>
    public string? PostgresBinaries { get; init; }

    /// <summary>The external database. <c>ConnectionStrings__Profiles</c>; unless set, the server runs its own.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Whether the server runs its own database, and with it its own issuer of tokens.</summary>
    public bool IsEmbedded => ConnectionString is null;

    /// <summary>Whether Kestrel's own settings name the endpoints (<c>Kestrel__Endpoints__…</c>), so that the ports above do not count.</summary>
    public bool HasKestrelEndpoints { get; init; }

    /// <summary>
    /// Web origins whose pages may call, such as <c>https://app.example.com</c>; <c>*</c> for every one. <c>PROFILES_CORS_ORIGINS</c>,
    /// separated by commas; none unless set.
    /// </summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>How long browsers remember what they may. <c>PROFILES_CORS_MAX_AGE</c>, 0–86,400 seconds; 7200.</summary>
    public TimeSpan CorsMaxAge { get; init; }

    /// <summary>How long browsers must use TLS once they have. <c>PROFILES_HSTS_MAX_AGE</c>, 0–63,072,000 seconds; a year.</summary>
    public TimeSpan StrictTransport { get; init; }

    /// <summary>The proxies in front of the server. <c>PROFILES_TRUSTED_PROXIES</c>, separated by commas; none unless set.</summary>
    public required TrustedProxies Proxies { get; init; }

    /// <summary>The certificates that callers must or may have. <c>PROFILES_CLIENT_CA_FILE</c>; null unless set.</summary>
    public ClientCertificates? ClientCertificates { get; init; }

    /// <summary>The limits. <c>RateLimits__…</c>, <c>Limits__…</c>.</summary>
    public required LimitSettings Limits { get; init; }

    /// <summary>The APIs of other systems that are served. <c>Dialects__…</c>; all unless set.</summary>
    public required DialectSet Dialects { get; init; }

    /// <summary>Pictures. <c>Pictures__…</c>.</summary>
    public required PictureOptions Pictures { get; init; }

    /// <summary>Whether tools may ask for the contract (gRPC server reflection). <c>PROFILES_REFLECTION</c>, on or off; on.</summary>
    public bool HasReflection { get; init; }

    /// <summary>Whether <c>/openapi/v1.json</c> and <c>/docs</c> are served. <c>PROFILES_OPENAPI</c>, on or off; on.</summary>
    public bool HasOpenApi { get; init; }

    /// <summary>
    /// How long the server goes on serving after it was told to stop and has announced it. <c>PROFILES_DRAIN_SECONDS</c>, 0–60; 0.
    /// </summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One of them is wrong.</exception>
    public static ServerSettings Read(IConfiguration configuration) => new()
    {
        HttpPort = ReadPort(configuration, "PROFILES_HTTP_PORT", 8080),
        GrpcPort = ReadPort(configuration, "PROFILES_GRPC_PORT", 8081),
        BindAddress = ReadAddress(configuration, "PROFILES_BIND_ADDRESS"),
        DataFolder = Path.GetFullPath(NullIfEmpty(configuration["PROFILES_DATA"]) ?? DefaultDataFolder()),
        PostgresBinaries = NullIfEmpty(configuration["PROFILES_POSTGRES_BIN"]),
        ConnectionString = NullIfEmpty(configuration.GetConnectionString("Profiles")),
        CorsOrigins = ReadOrigins(configuration, "PROFILES_CORS_ORIGINS"),
        CorsMaxAge = TimeSpan.FromSeconds(configuration.ReadNumber("PROFILES_CORS_MAX_AGE", 0, 86_400, unlessSet: 7_200)),
        StrictTransport = TimeSpan.FromSeconds(
            configuration.ReadNumber("PROFILES_HSTS_MAX_AGE", 0, 63_072_000, unlessSet: 31_536_000)),
        Proxies = TrustedProxies.Read(configuration),
        ClientCertificates = ClientCertificates.Read(configuration, HasEndpoints(configuration)),
        Limits = LimitSettings.Read(configuration, NullIfEmpty(configuration.GetConnectionString("Profiles")) is null),
        Pictures = PictureOptions.Read(configuration),
        HasKestrelEndpoints = HasEndpoints(configuration),
        Dialects = DialectSet.Read(configuration),
        HasReflection = ReadSwitch(configuration, "PROFILES_REFLECTION"),
        HasOpenApi = ReadSwitch(configuration, "PROFILES_OPENAPI"),
        Drain = ReadDrain(configuration, "PROFILES_DRAIN_SECONDS"),
    };

    private static bool HasEndpoints(IConfiguration configuration) => configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    private static int ReadPort(IConfiguration configuration, string name, int port)
    {
        var text = NullIfEmpty(configuration[name]);
        if (text is null)
            return port;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new SettingException($"{name} must be a port number from 0 to {IPEndPoint.MaxPort}, yet is '{text}'.");
    }

    private static IPAddress ReadAddress(IConfiguration configuration, string name)
    {
        var text = NullIfEmpty(configuration[name]) ?? "127.0.0.1";
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new SettingException($"{name} must be an IP address such as 127.0.0.1 or ::, yet is '{text}'.");
    }

    private static string[] ReadOrigins(IConfiguration configuration, string name)
    {
        var origins = (configuration[name] ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrong = Array.Find(origins, origin => origin != "*" && !IsOrigin(origin));
        return wrong is null
            ? origins
            : throw new SettingException($"{name} must name origins such as https://app.example.com, or *, yet has '{wrong}'.");
    }

    // RFC 6454, section 6.2: scheme, host and port, and nothing after them, not even a slash.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase)
        && uri.UserInfo.Length == 0;

    private static bool ReadSwitch(IConfiguration configuration, string name)
    {
        var text = NullIfEmpty(configuration[name]) ?? "on";
        return text switch
        {
            "on" => true,
            "off" => false,
            _ => throw new SettingException($"{name} must be 'on' or 'off', yet is '{text}'."),
        };
    }

    private static TimeSpan ReadDrain(IConfiguration configuration, string name)
    {
        var text = NullIfEmpty(configuration[name]) ?? "0";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxDrainSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new SettingException($"{name} must be a number of seconds from 0 to {MaxDrainSeconds}, yet is '{text}'.");
    }

    // Root's own folder is closed to the user that PostgreSQL runs as.
    private static string DefaultDataFolder() =>
        Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? "/var/lib/profiles"
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } home
                ? Path.Combine(home, "profiles")
                : throw new SettingException("PROFILES_DATA must name a folder, for this user has none of its own.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
