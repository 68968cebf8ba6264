using System.CommandLine;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Identity;

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
        CredentialOptions.SetAction<ApiKeyManager>(command, RotateAsync);
        return command;
    }

    private static Command CreateRevoke()
    {
        var command = new Command("revoke", "End a key for ever") { CredentialOptions.Organization, CredentialOptions.Id };
        CredentialOptions.SetAction<ApiKeyManager>(command, RevokeAsync);
        return command;
    }

    private static async Task RotateAsync(
        ParseResult result, ApiKeyManager keys, OrganizationId organization, CancellationToken cancellationToken)
    {
        var id = CredentialOptions.ReadId(result);
        var overlap = result.GetValue(CredentialOptions.Overlap) ?? TimeSpan.Zero;
        var (key, text) = await keys.RotateAsync(organization, id, overlap, Grantor.Operator, cancellationToken);
        CommandLine.AnswerSecret(result, text, $"The key {key.Id} has this new text. It is shown this once.", new { id = key.Id, key = text });
    }

    private static async Task RevokeAsync(
        ParseResult result, ApiKeyManager keys, OrganizationId organization, CancellationToken cancellationToken)
    {
        var id = CredentialOptions.ReadId(result);
        var key = await keys.RevokeAsync(organization, id, Grantor.Operator, cancellationToken);
        CommandLine.Answer(result, $"The key {key.Id} is revoked.", new { id = key.Id, revokeTime = key.RevokeTime });
    }
}
