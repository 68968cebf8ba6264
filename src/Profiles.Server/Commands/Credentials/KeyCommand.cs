using System.CommandLine;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;

namespace Profiles.Server.Commands.Credentials;

/// <summary><c>key</c>: manages API keys.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "Manage API keys")
    {
        KeyCreateCommand.Create(),
        CredentialListCommand.CreateForKeys(),
        CreateRotate(),
        CreateRevoke(),
    };

    private static Command CreateRotate()
    {
        var command = new Command("rotate", "Give a key a new text, and print it")
        {
            CredentialOptions.Organization, CredentialOptions.Id, CredentialOptions.Overlap,
        };
        command.SetAction((result, token) => CommandLine.RunAsync(result, () => RotateAsync(result, token)));
        return command;
    }

    private static Command CreateRevoke()
    {
        var command = new Command("revoke", "End a key for ever") { CredentialOptions.Organization, CredentialOptions.Id };
        command.SetAction((result, token) => CommandLine.RunAsync(result, () => RevokeAsync(result, token)));
        return command;
    }

    private static async Task<int> RotateAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (organization, id) = (CredentialOptions.ReadOrganization(result), result.GetValue(CredentialOptions.Id));
        var overlap = result.GetValue(CredentialOptions.Overlap) ?? TimeSpan.Zero;
        var (key, text) = await CommandServices.UseAsync<ApiKeyManager, (ApiKey, string)>(
            keys => keys.RotateAsync(organization, id, overlap, Grantor.Operator, cancellationToken), cancellationToken);
        CommandLine.AnswerSecret(result, text, $"The key {key.Id} has this new text. It is shown this once.", new { id = key.Id, key = text });
        return 0;
    }

    private static async Task<int> RevokeAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (organization, id) = (CredentialOptions.ReadOrganization(result), result.GetValue(CredentialOptions.Id));
        var key = await CommandServices.UseAsync<ApiKeyManager, ApiKey>(
            keys => keys.RevokeAsync(organization, id, Grantor.Operator, cancellationToken), cancellationToken);
        CommandLine.Answer(result, $"The key {key.Id} is revoked.", new { id = key.Id, revokeTime = key.RevokeTime });
        return 0;
    }
}
