using System.Buffers;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Identity;

namespace Profiles.Server.Hosting;

/// <summary>
/// Gives every request an id that stands in its log events and in its answer's header <c>x-request-id</c>: the caller's own,
/// where it sent a sensible one, or else a new one. What begins like an API key is taken for a slip, and not logged.
/// </summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, TimeProvider clock, ILogger<RequestIdMiddleware> logger)
{
    /// <summary>The header that carries the id, both ways.</summary>
    public const string HeaderName = "x-request-id";

    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public async Task InvokeAsync(HttpContext context)
    {
        var id = ReadId(context.Request.Headers) ?? OrderedId.Create(clock.GetUtcNow()).ToString("N");
        context.TraceIdentifier = id;
        context.Response.Headers[HeaderName] = id;
        using (logger.BeginScope(new RequestScope(id)))
            await next(context);
    }

    private static string? ReadId(IHeaderDictionary headers) =>
        headers.TryGetValue(HeaderName, out var values)
        && values is [{ Length: > 0 and <= MaxLength } id]
        && !id.AsSpan().ContainsAnyExcept(Allowed)
        && !id.StartsWith(ApiKeyText.Brand, StringComparison.OrdinalIgnoreCase)
            ? id
            : null;

    // What structured loggers read as the pair RequestId.
    private sealed class RequestScope(string id) : List<KeyValuePair<string, object>>([new("RequestId", id)])
    {
        public override string ToString() => $"RequestId:{id}";
    }
}
