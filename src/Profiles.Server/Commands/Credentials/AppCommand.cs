using System.CommandLine;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.Applications;

namespace Profiles.Server.Commands.Credentials;

/// <summary><c>app</c>: manages signed applications.</summary>
internal static class AppCommand
{
    public static Command Create() => new("app", "Manage signed applications")
    {
        AppCreateCommand.Create(),
        CredentialListCommand.CreateForApplications(),
        CreateRotate(),
        CreateRevoke(),
        CreateReencrypt(),
    };

    private static Command CreateRotate()
    {
        var command = new Command("rotate", "Give an application a new secret, and print it")
        {
            CredentialOptions.Organization, CredentialOptions.Id, CredentialOptions.Overlap,
        };
        command.SetAction((result, token) => CommandLine.RunAsync(result, () => RotateAsync(result, token)));
        return command;
    }

    private static Command CreateRevoke()
    {
        var command = new Command("revoke", "End an application for ever") { CredentialOptions.Organization, CredentialOptions.Id };
        command.SetAction((result, token) => CommandLine.RunAsync(result, () => RevokeAsync(result, token)));
        return command;
    }

    private static Command CreateReencrypt()
    {
        var command = new Command("reencrypt", "Encrypt all secrets with the first master key, so that the others can be given up");
        command.SetAction((result, token) => CommandLine.RunAsync(result, () => ReencryptAsync(result, token)));
        return command;
    }

    private static async Task<int> RotateAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (organization, id) = (CredentialOptions.ReadOrganization(result), result.GetValue(CredentialOptions.Id));
        var overlap = result.GetValue(CredentialOptions.Overlap) ?? TimeSpan.Zero;
        var (application, secret) = await CommandServices.UseAsync<ApplicationManager, (Application, string)>(
            applications => applications.RotateAsync(organization, id, overlap, Grantor.Operator, cancellationToken), cancellationToken);
        CommandLine.AnswerSecret(
            result,
            secret,
            $"The application {application.Id} with the app key {application.AppKey} has this new secret. It is shown this once.",
            new { id = application.Id, appKey = application.AppKey, appSecret = secret });
        return 0;
    }

    private static async Task<int> RevokeAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (organization, id) = (CredentialOptions.ReadOrganization(result), result.GetValue(CredentialOptions.Id));
        var application = await CommandServices.UseAsync<ApplicationManager, Application>(
            applications => applications.RevokeAsync(organization, id, Grantor.Operator, cancellationToken), cancellationToken);
        CommandLine.Answer(
            result, $"The application {application.Id} is revoked.", new { id = application.Id, revokeTime = application.RevokeTime });
        return 0;
    }

    // Half of the work is a failure: who gives a master key up must know that it is not needed any more.
    private static async Task<int> ReencryptAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var done = await CommandServices.UseAsync<SecretReencryption, ReencryptionResult>(
            reencryption => reencryption.RunAsync(cancellationToken), cancellationToken);
        var words = $"Encrypted {done.Count} secrets anew.";
        foreach (var (masterKey, count) in done.Unreadable)
            words += $" {count} secrets of the master key '{masterKey}' could not be read: it is missing, or another key of that id.";
        CommandLine.Answer(result, words, new { reencrypted = done.Count, unreadable = done.Unreadable });
        return done.Unreadable.Count == 0 ? 0 : 1;
    }
}
