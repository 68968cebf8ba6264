using System.CommandLine;
using System.CommandLine.Parsing;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Identity;

namespace Profiles.Server.Commands.Credentials;

/// <summary><c>key create</c>: creates or imports an API key, and prints its text.</summary>
internal static class KeyCreateCommand
{
    private const int MaxDays = 3650;

    private static readonly Option<ApiKeyType> Type = new("--type")
    {
        Description = "session (for one user), public (not secret), or administrative (for servers)",
        Required = true,
        CustomParser = ParseType,
    };

    private static readonly Option<string> User = new("--user")
    {
        Description = "The user that the key speaks for",
        DefaultValueFactory = _ => string.Empty,
    };

    private static readonly Option<TimeSpan?> Expires =
        DurationOption.Create("--expires", "How long the key is valid, for ever unless set", MaxDays);

    private static readonly Option<string?> Import = new("--import")
    {
        Description = "A key of another system to take over; - reads it from the standard input",
    };

    public static Command Create()
    {
        var command = new Command("create", "Create an API key, and print it")
        {
            CredentialOptions.Organization, Type, User, CredentialOptions.Permission, Expires, Import, CredentialOptions.Name,
        };
        CredentialOptions.SetAction<ApiKeyManager>(command, RunAsync);
        return command;
    }

    private static async Task RunAsync(
        ParseResult result, ApiKeyManager keys, OrganizationId organization, CancellationToken cancellationToken)
    {
        var (key, text) = await keys.CreateAsync(organization, ReadDraft(result), Grantor.Operator, cancellationToken);
        CommandLine.AnswerSecret(
            result, text, $"The key {key.Id} of the organization {organization}. It is shown this once.", new { id = key.Id, key = text });
    }

    private static ApiKeyType ParseType(ArgumentResult argument)
    {
        switch (argument.Tokens is [var token] ? token.Value : string.Empty)
        {
            case "session":
                return ApiKeyType.Session;
            case "public":
                return ApiKeyType.Public;
            case "administrative":
                return ApiKeyType.Administrative;
            default:
                argument.AddError("--type must be session, public or administrative");
                return default;
        }
    }

    private static ApiKeyDraft ReadDraft(ParseResult result) => new()
    {
        DisplayName = result.GetValue(CredentialOptions.Name)!,
        Type = result.GetValue(Type),
        User = result.GetValue(User)!,
        Permissions = result.GetValue(CredentialOptions.Permission)!,
        ExpireTime = TimeProvider.System.GetUtcNow().UtcDateTime + result.GetValue(Expires),
        ImportedText = CredentialOptions.ReadSecret(result, Import),
    };
}
