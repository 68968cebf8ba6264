using System.CommandLine;
using Profiles.Core.Identity;
using Profiles.Server.Hosting;
using Profiles.Server.Tokens;

namespace Profiles.Server.Commands;

/// <summary><c>token</c>: prints a bearer token of the development issuer.</summary>
internal static class TokenCommand
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

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

    private static readonly Option<TimeSpan?> Expires =
        DurationOption.Create("--expires", "How long the token is valid, 1h unless set", (int)DevelopmentIssuer.MaxLifetime.TotalDays);

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
            settings, organization, user, result.GetValue(Permission)!, result.GetValue(Expires) ?? DefaultLifetime);
        CommandLine.Answer(result, token, new { token });
        return 0;
    }
}
