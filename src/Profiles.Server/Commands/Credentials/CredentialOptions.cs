using System.CommandLine;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Server.Hosting;

namespace Profiles.Server.Commands.Credentials;

/// <summary>The options that commands about credentials share.</summary>
internal static class CredentialOptions
{
    /// <summary>Reads a secret from the standard input instead of the command line, which other users of the machine can see.</summary>
    public const string FromInput = "-";

    private const int MaxOverlapDays = 30;

    // What the contract calls a field, and what it is called here.
    private static readonly IReadOnlyDictionary<string, string> OptionsOfFields = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api_key.display_name"] = "--name",
        ["api_key.user_id"] = "--user",
        ["api_key.permissions"] = "--permission",
        ["api_key.expire_time"] = "--expires",
        ["imported_key"] = "--import",
        ["application.display_name"] = "--name",
        ["application.permissions"] = "--permission",
        ["application.freshness_window"] = "--freshness",
        ["imported_app_key"] = "--import-key",
        ["imported_app_secret"] = "--import-secret",
        ["overlap"] = "--overlap",
    };

    public static Option<string> Organization { get; } = new("--organization")
    {
        Description = "The organization that it belongs to",
        Required = true,
    };

    public static Option<string> Name { get; } = new("--name")
    {
        Description = "What people call it",
        DefaultValueFactory = _ => string.Empty,
    };

    public static Option<string[]> Permission { get; } = new("--permission")
    {
        Description = "What it may do, such as profiles.read; may be repeated. Unless set: profiles.* and usernames.*",
        DefaultValueFactory = _ => [],
    };

    public static Option<TimeSpan?> Overlap { get; } =
        DurationOption.Create("--overlap", "How long the one before stays valid, not at all unless set", MaxOverlapDays);

    public static Argument<string> Id { get; } = new("id") { Description = "Its id, as 'list' shows it" };

    private static OrganizationId ReadOrganization(ParseResult result) =>
        OrganizationId.TryParse(result.GetValue(Organization), out var organization)
            ? organization
            : throw new SettingException($"--organization {OrganizationId.Rule}");

    /// <summary>The credential that the command names.</summary>
    /// <exception cref="SettingException">It is no id.</exception>
    public static Guid ReadId(ParseResult result) =>
        Guid.TryParseExact(result.GetValue(Id), "D", out var id)
            ? id
            : throw new SettingException("The id must be a UUID such as 0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988, as 'list' shows it.");

    /// <summary>The value of an option for a secret, from the standard input where it is a dash; null when it is not set.</summary>
    public static string? ReadSecret(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is FromInput ? Console.In.ReadLine() ?? string.Empty : result.GetValue(option);

    /// <summary>What a field of the contract, or an element of it, is called on the command line.</summary>
    public static string OptionOf(string path) => OptionsOfFields.GetValueOrDefault(path.Split('[')[0], path);

    /// <summary>Runs a command about an organization that has to exist.</summary>
    public static void SetAction<TService>(
        Command command, Func<ParseResult, TService, OrganizationId, CancellationToken, Task> action)
        where TService : notnull =>
        command.SetAction((result, token) => StoreCommand.RunAsync(
            result,
            async services =>
            {
                var organization = ReadOrganization(result);
                await services.GetRequiredService<OrganizationAdministration>().GetAsync(organization, token);
                await action(result, services.GetRequiredService<TService>(), organization, token);
            },
            token));
}
