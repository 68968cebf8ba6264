using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Settings;

namespace Profiles.Server.Hosting;

/// <summary>Sets the tokens up from the server's settings.</summary>
internal static class TokenSetup
{
    /// <summary>The organization of the examples, which the embedded mode creates.</summary>
    public static readonly OrganizationId ExampleOrganization = OrganizationId.Parse("demo");

    private static readonly TimeSpan ExampleLifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// The validator: for the issuers that the settings name, and for the development issuer in embedded mode.
    /// </summary>
    /// <exception cref="SettingException">There is no issuer.</exception>
    /// <exception cref="TokenSetupException">A setting is wrong.</exception>
    public static TokenValidator CreateValidator(IConfiguration configuration, ServerSettings settings, ILoggerFactory loggers)
    {
        List<TrustedIssuer> issuers = [.. IssuerSettings.Read(configuration, TimeProvider.System, loggers)];
        if (settings.IsEmbedded)
            issuers.Add(TrustDevelopmentIssuer(settings));
        return issuers.Count > 0
            ? new TokenValidator(issuers, TimeProvider.System)
            : throw new SettingException(
                "With ConnectionStrings__Profiles, Tokens__Issuer or Tokens__Issuers__0__Issuer must name an issuer whose tokens are taken.");
    }

    /// <summary>A token of the development issuer.</summary>
    /// <exception cref="TokenSetupException">A permission or the lifetime breaks its rule, or there is no key.</exception>
    public static string Issue(
        ServerSettings settings, OrganizationId organization, UserId user, IReadOnlyCollection<string> permissions, TimeSpan lifetime)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        using var issuer = DevelopmentIssuer.Open(settings.DataFolder, TimeProvider.System);
        return issuer.Issue(organization, user, permissions, lifetime);
    }

    /// <summary>A token for the examples: a user of the organization <c>demo</c> who may do everything, for a day.</summary>
    public static string IssueExample(ServerSettings settings) =>
        Issue(
            settings,
            ExampleOrganization,
            UserId.Parse("alice"),
            [Permissions.ProfilesRead, Permissions.ProfilesWrite],
            ExampleLifetime);

    private static TrustedIssuer TrustDevelopmentIssuer(ServerSettings settings)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        try
        {
            Directory.CreateDirectory(settings.DataFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"PROFILES_DATA must be a folder that can be written to: {exception.Message}");
        }

        using var issuer = DevelopmentIssuer.OpenOrCreate(settings.DataFolder, TimeProvider.System);
        return issuer.Trust;
    }

    private static SettingException NotOnWindows() =>
        new("The embedded mode does not run on Windows; set ConnectionStrings__Profiles.");
}
