using System.Text.Json;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Usernames;

/// <summary>A test about usernames, with what each of them does.</summary>
internal abstract class UsernameTest : ProfilesTest
{
    /// <summary>A token of another user of the organization.</summary>
    protected string TokenOf(string user) => SharedServer.Mint.Mint(Organization, user);

    /// <summary>Sets the name of a user as that user.</summary>
    protected Task<RestAnswer> NameAsync(string user, string? name) =>
        RestAsync("PATCH", MyProfile, TokenOf(user), $$"""{"preferredUsername":{{JsonSerializer.Serialize(name)}}}""");

    /// <summary>Sets the name of a user as a server, whose renames are not counted.</summary>
    protected Task<RestAnswer> ServerNamesAsync(string user, string? name) =>
        RestAsync("PATCH", $"/v1/profiles/{user}", ServerToken, $$"""{"preferredUsername":{{JsonSerializer.Serialize(name)}}}""");

    /// <summary>The name that a user has; null for none.</summary>
    protected async Task<string?> NameOfAsync(string user)
    {
        var answer = await RestAsync("GET", $"/v1/profiles/{user}", ServerToken);
        return answer.Json?["preferredUsername"]?.GetValue<string>();
    }

    /// <summary>Changes the organization's rules for usernames.</summary>
    protected Task<RestAnswer> SetRulesAsync(string rules) => RestAsync(
        "PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$$"""{"settings":{"usernames":{{{rules}}}}}""");

    protected static void AssertWritten(RestAnswer answer) => Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());

    protected static void AssertRefused(RestAnswer answer, int status, string reason)
    {
        Assert.That((answer.Status, answer.Reason), Is.EqualTo((status, reason)), answer.Json?.ToString());
        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])["profile.preferred_username"]));
    }
}
