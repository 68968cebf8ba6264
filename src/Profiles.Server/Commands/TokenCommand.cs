using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Profiles.Core.Identity;
using Profiles.Server.Hosting;
using Profiles.Server.Tokens;

namespace Profiles.Server.Commands;

/// <summary><c>token</c>: prints a bearer token of the development issuer.</summary>
internal static class TokenCommand
{
    private static readonly long MaxSeconds = (long)DevelopmentIssuer.MaxLifetime.TotalSeconds;

    private static readonly Option<string> Organization = new("--organization")
    {
        Description = "The organization that the token is for",
        Required = true,
    };

    private static readonly Option<string> User = new("--user")
    {
        Description = "The user, or the service, that the token speaks for",
        Required = true,
    };

    private static readonly Option<string[]> Permission = new("--permission")
    {
        Description = "What the token may do beyond the user's own record, such as profiles.read; may be repeated",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<TimeSpan> Expires = new("--expires")
    {
        Description = "How long the token is valid: a number followed by s, m, h or d",
        DefaultValueFactory = _ => TimeSpan.FromHours(1),
        CustomParser = ParseDuration,
    };

    public static Command Create()
    {
        var command = new Command("token", "Print a bearer token for trying things out (embedded mode only)")
        {
            Organization, User, Permission, Expires,
        };
        command.SetAction((result, _) => CommandLine.RunAsync(result, () => Task.FromResult(Run(result))));
        return command;
    }

    private static int Run(ParseResult result)
    {
        var settings = ServerSettings.Read(ServerHost.CreateBuilder().Configuration);
        if (!settings.IsEmbedded)
            throw new SettingException("Tokens can be issued in embedded mode only; unset ConnectionStrings__Profiles.");
        if (!OrganizationId.TryParse(result.GetValue(Organization), out var organization))
            throw new SettingException($"--organization {OrganizationId.Rule}");
        if (!UserId.TryParse(result.GetValue(User), out var user))
            throw new SettingException($"--user {UserId.Rule}");

        var token = TokenSetup.Issue(
            settings, organization, user, result.GetValue(Permission)!, result.GetValue(Expires));
        CommandLine.Answer(result, token, new { token });
        return 0;
    }

    private static TimeSpan ParseDuration(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : string.Empty;
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        var isNumber = int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && unit > 0 && number > 0 && (long)number * unit <= MaxSeconds)
            return TimeSpan.FromSeconds((long)number * unit);
        argument.AddError("--expires must be a number followed by s, m, h or d, such as 1h, and at most 365d");
        return default;
    }
}
