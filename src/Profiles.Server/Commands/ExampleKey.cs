using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Identity;
using Profiles.Server.Hosting;

namespace Profiles.Server.Commands;

/// <summary>
/// The API key of the examples. It is made once and kept in the data folder, beside the private key of the development issuer,
/// which opens no less; so a start makes no new key where the old one is still good.
/// </summary>
internal static class ExampleKey
{
    private const string FileName = "example-api-key";

    /// <summary>The key's text.</summary>
    /// <exception cref="SettingException">The data folder cannot be written to.</exception>
    public static async Task<string> GetAsync(
        IServiceProvider services, ServerSettings settings, OrganizationId organization, CancellationToken cancellationToken)
    {
        var path = Path.Combine(settings.DataFolder, FileName);
        var store = services.GetRequiredService<IApiKeyStore>();
        if (await ReadAsync(path, cancellationToken) is { } kept
            && await store.FindAsync(ApiKeyHash.Of(kept), cancellationToken) is { } found
            && found.Key.Organization == organization
            && found.IsValidAt(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime))
        {
            return kept;
        }

        var draft = new ApiKeyDraft { Type = ApiKeyType.Administrative, DisplayName = "Examples of serve --examples" };
        var (_, text) = await services.GetRequiredService<ApiKeyManager>().CreateAsync(organization, draft, Grantor.System, cancellationToken);
        PrivateFile.Write(path, text + "\n", replace: true);
        return text;
    }

    private static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;
        var text = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        return ApiKeyText.IsPossible(text) ? text : null;
    }
}
