namespace Profiles.Server.Tokens;

/// <summary>
/// The settings of a trusted issuer: configuration section <c>Tokens</c>, in the environment <c>Tokens__Issuer</c> and so on.
/// </summary>
internal sealed class TrustedIssuerOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Tokens";

    /// <summary>The audience unless the settings name one.</summary>
    public const string DefaultAudience = "profiles";

    /// <summary>The most characters in the names of an issuer and of an audience.</summary>
    public const int MaxNameLength = 255;

    private static readonly string[] Names = [nameof(Issuer), nameof(Audience), nameof(KeysFile)];

    /// <summary>What the tokens' <c>iss</c> says, usually an https address; null for no issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>What the tokens' <c>aud</c> has to contain.</summary>
    public string Audience { get; init; } = DefaultAudience;

    /// <summary>A file with the issuer's public keys: a JWK Set (RFC 7517).</summary>
    public string? KeysFile { get; init; }

    /// <summary>Reads the settings; an empty value is none.</summary>
    /// <exception cref="TokenSetupException">There is a setting in the section that does not exist.</exception>
    public static TrustedIssuerOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        foreach (var setting in section.GetChildren())
        {
            if (!Names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                throw new TokenSetupException($"There is no setting {setting.Path}; {Section} has {string.Join(", ", Names)}.");
        }
        return new TrustedIssuerOptions
        {
            Issuer = Value(section, nameof(Issuer)),
            Audience = Value(section, nameof(Audience)) ?? DefaultAudience,
            KeysFile = Value(section, nameof(KeysFile)),
        };
    }

    /// <summary>Loads the issuer with its keys; null when none is set.</summary>
    /// <exception cref="TokenSetupException">A setting is wrong; the message names it.</exception>
    public TrustedIssuer? Load()
    {
        if (Issuer is null && KeysFile is null)
            return null;
        if (Issuer is null)
            throw Wrong(nameof(Issuer), $"is not set, but {Section}:KeysFile is; set both or neither");
        if (KeysFile is null)
            throw Wrong(nameof(KeysFile), $"is not set, but {Section}:Issuer is; set both or neither");
        CheckName(nameof(Issuer), Issuer);
        CheckName(nameof(Audience), Audience);
        if (Issuer == DevelopmentIssuer.Name)
            throw Wrong(nameof(Issuer), "is the name of the development issuer, which nobody else may use");
        return new TrustedIssuer(Issuer, Audience, LoadKeys(KeysFile));
    }

    private static string? Value(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } value ? value : null;

    private static void CheckName(string setting, string value)
    {
        if (value.Length > MaxNameLength || value.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            throw Wrong(setting, $"must have 1–{MaxNameLength} characters without white space");
    }

    private static JsonWebKeySet LoadKeys(string path)
    {
        try
        {
            return JsonWebKeySet.Parse(SmallFile.Read(path, JsonWebKeySet.MaxBytes));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong(nameof(KeysFile), $"names '{path}', which cannot be read: {failure.Message.TrimEnd('.')}", failure);
        }
        catch (FormatException failure)
        {
            throw Wrong(nameof(KeysFile), $"names '{path}', which {failure.Message}", failure);
        }
    }

    private static TokenSetupException Wrong(string setting, string problem, Exception? failure = null) =>
        new($"The setting {Section}:{setting} (environment: {Section}__{setting}) {problem}.", failure);
}
