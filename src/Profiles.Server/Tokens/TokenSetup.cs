using System.Security.Cryptography;
using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Server.Hosting;

namespace Profiles.Server.Tokens;

/// <summary>Sets the tokens up from the server's settings.</summary>
internal static class TokenSetup
{
    /// <summary>The organization that the embedded mode starts with.</summary>
    public static readonly OrganizationId ExampleOrganization = OrganizationId.Parse("demo");

    private const string Section = "Tokens";
    private const string DefaultAudience = "profiles";

    private static readonly TimeSpan ExampleLifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// The validator: of the issuer that the settings name (<c>Tokens__Issuer</c>, <c>Tokens__Audience</c>,
    /// <c>Tokens__KeysFile</c>), and of the development issuer in embedded mode.
    /// </summary>
    /// <exception cref="SettingException">A setting is wrong, or none names an issuer where one is needed.</exception>
    public static TokenValidator CreateValidator(IConfiguration configuration, ServerSettings settings)
    {
        var issuers = new List<TrustedIssuer>();
        if (ReadIssuer(configuration.GetSection(Section)) is { } configured)
            issuers.Add(configured);
        if (settings.IsEmbedded)
            issuers.Add(WithDevelopmentIssuer(settings, issuer => issuer.AsTrusted()));
        if (issuers.Count == 0)
        {
            throw new SettingException(
                "With ConnectionStrings__Profiles, Tokens__Issuer and Tokens__KeysFile must name the issuer whose tokens are accepted.");
        }

        return new TokenValidator(issuers, TimeProvider.System);
    }

    /// <summary>A token of the development issuer.</summary>
    public static string Issue(
        ServerSettings settings, OrganizationId organization, string subject, IEnumerable<string> permissions, TimeSpan lifetime)
    {
        var now = TimeProvider.System.GetUtcNow();
        return WithDevelopmentIssuer(settings, issuer => issuer.Issue(organization, subject, permissions, lifetime, now));
    }

    /// <summary>A token for the examples: a user who may do everything, for a day.</summary>
    public static string IssueExample(ServerSettings settings) =>
        Issue(settings, ExampleOrganization, "alice", [Permissions.ProfilesRead, Permissions.ProfilesWrite], ExampleLifetime);

    private static T WithDevelopmentIssuer<T>(ServerSettings settings, Func<DevelopmentIssuer, T> use)
    {
        try
        {
            using var issuer = DevelopmentIssuer.Open(settings.DataFolder);
            return use(issuer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"PROFILES_DATA must be a folder that can be written to: {exception.Message}");
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new SettingException(
                $"The file '{DevelopmentIssuer.KeyFileIn(settings.DataFolder)}' holds no key. Remove it: another one is made, "
                + "and tokens that were issued before end.");
        }
    }

    private static TrustedIssuer? ReadIssuer(IConfiguration section)
    {
        var (name, file) = (section["Issuer"], section["KeysFile"]);
        if (string.IsNullOrEmpty(name) && string.IsNullOrEmpty(file))
            return null;
        if (string.IsNullOrEmpty(name))
            throw new SettingException("Tokens__Issuer must be what the tokens have as 'iss'.");
        if (name == DevelopmentIssuer.Name)
            throw new SettingException($"Tokens__Issuer must not be {name}: that is the development issuer's.");
        if (string.IsNullOrEmpty(file))
            throw new SettingException("Tokens__KeysFile must name a file with the issuer's JSON Web Key Set.");

        var audience = section["Audience"] is { Length: > 0 } given ? given : DefaultAudience;
        return new TrustedIssuer(name, audience, JsonWebKeySet.Read(ReadFile(file), $"Tokens__KeysFile ({file})"));
    }

    private static byte[] ReadFile(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Tokens__KeysFile cannot be read: {exception.Message}");
        }
    }
}
