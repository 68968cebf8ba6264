using System.CommandLine;
using System.Globalization;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Operations;

namespace Profiles.Server.Commands.Credentials;

/// <summary><c>key list</c> and <c>app list</c>: print what is known of credentials, a line for each.</summary>
internal static class CredentialListCommand
{
    public static Command CreateForKeys()
    {
        var command = new Command("list", "List API keys, revoked ones included") { CredentialOptions.Organization };
        CredentialOptions.SetAction<ApiKeyManager>(command, async (result, keys, organization, token) =>
        {
            var all = await ReadAllAsync(page => keys.ListAsync(organization, page, token));
            CommandLine.Answer(result, string.Join('\n', all.Select(Describe)), new { keys = all.Select(ToJson) });
        });
        return command;
    }

    public static Command CreateForApplications()
    {
        var command = new Command("list", "List signed applications, revoked ones included") { CredentialOptions.Organization };
        CredentialOptions.SetAction<ApplicationManager>(command, async (result, applications, organization, token) =>
        {
            var all = await ReadAllAsync(page => applications.ListAsync(organization, page, token));
            CommandLine.Answer(result, string.Join('\n', all.Select(Describe)), new { applications = all.Select(ToJson) });
        });
        return command;
    }

    private static async Task<List<T>> ReadAllAsync<T>(Func<PageRequest, Task<Page<T>>> read)
    {
        var items = new List<T>();
        var token = string.Empty;
        do
        {
            var page = await read(new PageRequest(PageRequest.MaxPageSize, token, OrderBy: string.Empty));
            items.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return items;
    }

    private static string Describe(ApiKey key) => string.Join(
        "  ",
        key.Id,
        key.Content.Type.ToString().ToLowerInvariant(),
        key.Prefix + "…",
        StateOf(key.RevokeTime, key.Content.ExpireTime),
        key.Content.User?.Value ?? string.Join(',', key.Content.Permissions),
        key.Content.DisplayName).TrimEnd();

    private static string Describe(Application application) => string.Join(
        "  ",
        application.Id,
        application.AppKey,
        StateOf(application.RevokeTime, expireTime: null),
        string.Join(',', application.Content.Permissions),
        application.Content.DisplayName).TrimEnd();

    private static string StateOf(DateTime? revokeTime, DateTime? expireTime)
    {
        if (revokeTime is not null)
            return string.Create(CultureInfo.InvariantCulture, $"revoked {revokeTime:yyyy-MM-dd}");
        return expireTime is null ? "valid" : string.Create(CultureInfo.InvariantCulture, $"valid until {expireTime:yyyy-MM-dd HH:mm} UTC");
    }

    private static object ToJson(ApiKey key) => new
    {
        id = key.Id,
        type = key.Content.Type.ToString().ToLowerInvariant(),
        displayName = key.Content.DisplayName,
        user = key.Content.User?.Value,
        permissions = key.Content.Permissions,
        prefix = key.Prefix,
        createTime = key.CreateTime,
        expireTime = key.Content.ExpireTime,
        lastUseTime = key.LastUseTime,
        revokeTime = key.RevokeTime,
    };

    private static object ToJson(Application application) => new
    {
        id = application.Id,
        appKey = application.AppKey,
        displayName = application.Content.DisplayName,
        permissions = application.Content.Permissions,
        freshnessSeconds = application.Content.FreshnessWindow?.TotalSeconds,
        refuseReplays = application.Content.RefuseReplays,
        secrets = application.Secrets.Select(secret => new { id = secret.Id, createTime = secret.CreateTime, expireTime = secret.ExpireTime }),
        createTime = application.CreateTime,
        revokeTime = application.RevokeTime,
    };
}
