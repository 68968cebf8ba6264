using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tokens.Settings;

/// <summary>
/// Reads the trusted issuers: configuration section <c>Tokens</c>, in the environment <c>Tokens__Issuers__0__Issuer</c> and so on.
/// One issuer may do without its number: <c>Tokens__Issuer</c>.
/// </summary>
internal static class IssuerSettings
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Tokens";

    /// <summary>The most issuers.</summary>
    public const int MaxCount = 100;

    /// <summary>The most characters in the names of an issuer and of an audience.</summary>
    public const int MaxNameLength = 255;

    private const string List = "Issuers";
    /// <summary>The setting that names the issuer.</summary>
    public const string Issuer = "Issuer";

    private const string Audience = "Audience";

    private static readonly string[] Names = [Issuer, Audience, .. KeySettings.Names, .. ClaimSettings.Names];

    /// <summary>Reads all issuers, and the keys of those that have them in a file.</summary>
    /// <exception cref="TokenSetupException">A setting is wrong; the message names it.</exception>
    public static IReadOnlyList<TrustedIssuer> Read(IConfiguration configuration, TimeProvider clock, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<RefreshedKeys>();
        var found = new List<TrustedIssuer>();
        foreach (var section in Sections(configuration))
        {
            var issuer = Read(section, clock, logger);
            if (found.Exists(other => other.Name == issuer.Name))
                throw section.Wrong(Issuer, "names an issuer that another setting names already");
            if (found.Count == MaxCount)
                throw section.Wrong(Issuer, $"is one too many: there may be {MaxCount} issuers");
            found.Add(issuer);
        }
        return found;
    }

    private static IEnumerable<SettingSection> Sections(IConfiguration configuration)
    {
        var single = new SettingSection(configuration.GetSection(Section));
        single.Allow([.. Names, List]);
        if (Names.Any(single.Has))
            yield return single;
        foreach (var numbered in single.Section(List).Sections())
        {
            numbered.Allow(Names);
            yield return numbered;
        }
    }

    private static TrustedIssuer Read(SettingSection section, TimeProvider clock, ILogger logger)
    {
        var name = CheckName(section, Issuer, section.Required(Issuer));
        if (name == DevelopmentIssuer.Name)
            throw section.Wrong(Issuer, "is the name of the development issuer, which nobody else may use");
        var audience = CheckName(section, Audience, section.Text(Audience) ?? TrustedIssuer.DefaultAudience);
        return new TrustedIssuer(name, audience, KeySettings.Read(section, name, clock, logger), ClaimSettings.Read(section));
    }

    private static string CheckName(SettingSection section, string setting, string value) =>
        value.Length > MaxNameLength || value.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
            ? throw section.Wrong(setting, $"must have 1–{MaxNameLength} characters without white space")
            : value;
}
