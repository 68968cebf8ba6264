using System.CommandLine;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Server.Hosting;

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
        CredentialOptions.SetAction<ApplicationManager>(command, RotateAsync);
        return command;
    }

    private static Command CreateRevoke()
    {
        var command = new Command("revoke", "End an application for ever") { CredentialOptions.Organization, CredentialOptions.Id };
        CredentialOptions.SetAction<ApplicationManager>(command, RevokeAsync);
        return command;
    }

    private static Command CreateReencrypt()
    {
        var command = new Command("reencrypt", "Encrypt all secrets with the first master key, so that the others can be given up");
        command.SetAction((result, token) => StoreCommand.RunAsync(
            result, services => ReencryptAsync(result, services.GetRequiredService<SecretReencryption>(), token), token));
        return command;
    }

    private static async Task RotateAsync(
        ParseResult result, ApplicationManager applications, OrganizationId organization, CancellationToken cancellationToken)
    {
        var id = CredentialOptions.ReadId(result);
        var overlap = result.GetValue(CredentialOptions.Overlap) ?? TimeSpan.Zero;
        var (application, secret) = await applications.RotateAsync(organization, id, overlap, Grantor.Operator, cancellationToken);
        CommandLine.AnswerSecret(
            result,
            secret,
            $"The application {application.Id} with the app key {application.AppKey} has this new secret. It is shown this once.",
            new { id = application.Id, appKey = application.AppKey, appSecret = secret });
    }

    private static async Task RevokeAsync(
        ParseResult result, ApplicationManager applications, OrganizationId organization, CancellationToken cancellationToken)
    {
        var id = CredentialOptions.ReadId(result);
        var application = await applications.RevokeAsync(organization, id, Grantor.Operator, cancellationToken);
        CommandLine.Answer(
            result, $"The application {application.Id} is revoked.", new { id = application.Id, revokeTime = application.RevokeTime });
    }

    // Half of the work is a failure: who gives a master key up must know that nothing needs it any more.
    private static async Task ReencryptAsync(ParseResult result, SecretReencryption reencryption, CancellationToken cancellationToken)
    {
        var done = await reencryption.RunAsync(cancellationToken);
        if (done.Unreadable.Count > 0)
        {
            throw new SettingException(
                $"{done.Unreadable.Values.Sum()} secrets could not be read, as {MasterKeySetup.KeysName} or {MasterKeySetup.FileName} "
                + $"lacks their master keys, or has other keys of these ids: {string.Join(", ", done.Unreadable.Keys)}. "
                + $"{done.Count} others were encrypted anew.");
        }

        CommandLine.Answer(result, $"Encrypted {done.Count} secrets anew.", new { reencrypted = done.Count });
    }
}
