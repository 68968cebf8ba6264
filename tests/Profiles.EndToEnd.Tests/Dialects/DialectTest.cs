using System.Text;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>A test of a dialect: sends requests as clients of the other system do, byte for byte.</summary>
internal abstract class DialectTest : ProfilesTest
{
    private const string Blank = "\n\n";

    /// <summary>Sends an example with its placeholders filled in, and compares the answer.</summary>
    protected static async Task ReplayAsync(DocumentedExample example, params (string Name, string Value)[] values)
    {
        var answer = await SendAsync(Fill(example.Request, values));

        Assert.That(answer.Status, Is.EqualTo(example.Status), $"{example}: {answer.Body}");
        JsonForm.AssertMatches(Fill(example.Answer, values), answer.Body);
    }

    /// <summary>Sends a request that is written as <see cref="DocumentedExample.Request"/> is, over HTTP/1.1.</summary>
    /// <param name="request">The request.</param>
    /// <param name="files">Files, to be put in the places of their names in the body.</param>
    protected static Task<RawAnswer> SendAsync(string request, params (string Name, byte[] Content)[] files)
    {
        var text = request.ReplaceLineEndings("\n");
        var end = text.IndexOf(Blank, StringComparison.Ordinal);
        var (head, body) = end < 0 ? (text, null) : (text[..end], text[(end + Blank.Length)..]);
        var lines = head.TrimEnd('\n').Split('\n').ToList();
        lines[0] = $"{WithoutHost(lines[0])} HTTP/1.1";
        lines.Add("Host: profiles");
        lines.Add("Connection: close");
        var content = Encoding.UTF8.GetBytes(IsMultipart(head) ? body?.ReplaceLineEndings("\r\n") ?? string.Empty : body ?? string.Empty);
        foreach (var (name, file) in files)
            content = Put(content, Encoding.ASCII.GetBytes($"<{name}>"), file);
        if (body is not null)
            lines.Add($"Content-Length: {content.Length}");
        byte[] bytes = [.. Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. content];
        return RawHttp.SendAsync(SharedServer.Server.Http, bytes);
    }

    /// <summary>Puts values in the places of their names.</summary>
    protected static string Fill(string text, params (string Name, string Value)[] values)
    {
        foreach (var (name, value) in values)
            text = text.Replace($"<{name}>", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>A user's record as our own API has it.</summary>
    protected async Task<Profile> ReadAsync(string user = "alice") =>
        (await Grpc.GetProfileAsync(new GetProfileRequest { UserId = user }, AsServer)).Profile;

    /// <summary>Sets a user's record through our own API.</summary>
    protected async Task<Profile> SetAsync(Profile profile, string user = "alice") =>
        (await Grpc.SetProfileAsync(new SetProfileRequest { UserId = user, Profile = profile }, AsServer)).Profile;

    /// <summary>Creates an API key of the organization.</summary>
    protected async Task<string> CreateKeyAsync(ApiKeyType type, string user = "", params string[] permissions)
    {
        var request = new CreateApiKeyRequest { ApiKey = new ApiKey { Type = type, UserId = user, Permissions = { permissions } } };
        var created = await new CredentialService.CredentialServiceClient(Invoker).CreateApiKeyAsync(
            request, As(SharedServer.AdministratorToken, ("x-organization-id", Organization)));
        SharedServer.UsedSecrets.Add(created.Key);
        return created.Key;
    }

    // Documents show whole URLs, with the address of their own server.
    private static string WithoutHost(string requestLine)
    {
        var scheme = requestLine.IndexOf("https://", StringComparison.Ordinal);
        if (scheme < 0)
            return requestLine;
        var path = requestLine.IndexOf('/', scheme + "https://".Length);
        return requestLine[..scheme] + requestLine[path..];
    }

    private static byte[] Put(byte[] content, byte[] name, byte[] file)
    {
        var at = content.AsSpan().IndexOf(name);
        return at < 0 ? content : [.. content[..at], .. file, .. content[(at + name.Length)..]];
    }

    private static bool IsMultipart(string head) => head.Contains("multipart/form-data", StringComparison.OrdinalIgnoreCase);
}
