using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>
/// A small object store on a real socket that speaks the protocol of Amazon S3, as far as files are put, got and deleted, and checks the
/// signature (version 4) of every request and every signed address.
/// </summary>
internal sealed class ObjectStore : IAsyncDisposable
{
    public const string Bucket = "pictures";
    public const string Region = "test-1";
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Unsigned = "UNSIGNED-PAYLOAD";

    private readonly WebApplication app;

    private ObjectStore(WebApplication app) => this.app = app;

    /// <summary>What is in it, by path.</summary>
    public ConcurrentDictionary<string, (byte[] Content, string Type)> Objects { get; } = new();

    /// <summary>What was wrong with requests.</summary>
    public ConcurrentBag<string> Refusals { get; } = [];

    public string Address => app.Urls.Single();

    public static async Task<ObjectStore> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var store = new ObjectStore(built);
        built.Run(store.HandleAsync);
        await built.StartAsync();
        return store;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (Check(context.Request, body.ToArray()) is { } fault)
        {
            Refusals.Add(fault);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync($"<Error><Code>SignatureDoesNotMatch</Code><Message>{fault}</Message></Error>");
            return;
        }

        var path = context.Request.Path.Value!;
        if (HttpMethods.IsPut(context.Request.Method))
            Objects[path] = (body.ToArray(), context.Request.ContentType!);
        else if (HttpMethods.IsDelete(context.Request.Method))
            Delete(context.Response, path);
        else if (Objects.TryGetValue(path, out var found))
            await SendAsync(context.Response, found);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private void Delete(HttpResponse response, string path)
    {
        Objects.TryRemove(path, out _);
        response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task SendAsync(HttpResponse response, (byte[] Content, string Type) found)
    {
        response.ContentType = found.Type;
        response.ContentLength = found.Content.Length;
        await response.Body.WriteAsync(found.Content);
    }

    private static string? Check(HttpRequest request, byte[] body)
    {
        if (!request.Path.StartsWithSegments($"/{Bucket}", StringComparison.Ordinal))
            return "another bucket";
        return request.Query.ContainsKey("X-Amz-Signature") ? CheckAddress(request) : CheckHeaders(request, body);
    }

    private static string? CheckHeaders(HttpRequest request, byte[] body)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Algorithm, StringComparison.Ordinal))
            return "no signature";
        var parts = authorization[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries)
            .ToDictionary(part => part[..part.IndexOf('=', StringComparison.Ordinal)], part => part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var hash = request.Headers["x-amz-content-sha256"].ToString();
        if (hash != Unsigned && hash != Hex(SHA256.HashData(body)))
            return "another body";
        var signature = Sign(request, request.Headers["x-amz-date"].ToString(), parts["Credential"], parts["SignedHeaders"], hash, string.Empty);
        return signature == parts["Signature"] ? null : "another signature";
    }

    private static string? CheckAddress(HttpRequest request)
    {
        var query = request.Query;
        var time = DateTimeOffset.ParseExact(query["X-Amz-Date"].ToString(), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (time.AddSeconds(int.Parse(query["X-Amz-Expires"].ToString(), CultureInfo.InvariantCulture)) < TimeProvider.System.GetUtcNow())
            return "an address whose time is over";
        var canonical = string.Join('&', query.Where(pair => pair.Key != "X-Amz-Signature")
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}").Order(StringComparer.Ordinal));
        var signature = Sign(
            request, query["X-Amz-Date"].ToString(), query["X-Amz-Credential"].ToString(), query["X-Amz-SignedHeaders"].ToString(), Unsigned, canonical);
        return signature == query["X-Amz-Signature"].ToString() ? null : "another signature";
    }

    private static string? Sign(HttpRequest request, string time, string credential, string signedHeaders, string hash, string query)
    {
        var scope = credential[(credential.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (!credential.StartsWith($"{AccessKey}/", StringComparison.Ordinal) || scope != $"{time[..8]}/{Region}/s3/aws4_request")
            return null;
        var headers = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n"));
        var path = string.Join('/', request.Path.Value!.Split('/').Select(Uri.EscapeDataString));
        var canonical = $"{request.Method}\n{path}\n{query}\n{headers}\n{signedHeaders}\n{hash}";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{SecretKey}"), (last, part) => HMACSHA256.HashData(last, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
