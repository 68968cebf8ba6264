using System.CommandLine;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;

namespace Profiles.Server.Commands.Credentials;

/// <summary><c>app create</c>: creates or imports a signed application, and prints its secret.</summary>
internal static class AppCreateCommand
{
    private static readonly Option<TimeSpan?> Freshness =
        DurationOption.Create("--freshness", "How far a signature's timestamp may be from now, any distance unless set", maxDays: 1);

    private static readonly Option<bool> RefuseReplays = new("--refuse-replays")
    {
        Description = "Take a signature once only; needs --freshness",
    };

    private static readonly Option<string?> ImportKey = new("--import-key")
    {
        Description = "The app key of an application of another system to take over",
    };

    private static readonly Option<string?> ImportSecret = new("--import-secret")
    {
        Description = "Its secret; - reads it from the standard input",
    };

    public static Command Create()
    {
        var command = new Command("create", "Create a signed application, and print its secret")
        {
            CredentialOptions.Organization, CredentialOptions.Permission, Freshness, RefuseReplays, ImportKey, ImportSecret,
            CredentialOptions.Name,
        };
        CredentialOptions.SetAction<ApplicationManager>(command, RunAsync);
        return command;
    }

    private static async Task RunAsync(
        ParseResult result, ApplicationManager applications, OrganizationId organization, CancellationToken cancellationToken)
    {
        var (application, secret) = await applications.CreateAsync(organization, ReadDraft(result), Grantor.Operator, cancellationToken);
        CommandLine.AnswerSecret(
            result,
            secret,
            $"The application {application.Id} of the organization {organization}, with the app key {application.AppKey}. "
            + "Its secret is shown this once.",
            new { id = application.Id, appKey = application.AppKey, appSecret = secret });
    }

    private static ApplicationDraft ReadDraft(ParseResult result) => new()
    {
        DisplayName = result.GetValue(CredentialOptions.Name)!,
        Permissions = result.GetValue(CredentialOptions.Permission)!,
        FreshnessWindow = result.GetValue(Freshness),
        RefuseReplays = result.GetValue(RefuseReplays),
        ImportedKey = result.GetValue(ImportKey),
        ImportedSecret = CredentialOptions.ReadSecret(result, ImportSecret),
    };
}
