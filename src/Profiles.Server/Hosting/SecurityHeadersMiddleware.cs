using System.Globalization;

namespace Profiles.Server.Hosting;

/// <summary>
/// What every answer tells browsers and caches, whatever became of the request. An endpoint that says something else itself,
/// or by <see cref="ContentSecurityPolicyMetadata"/>, is heard.
/// </summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next, TimeSpan strictTransport)
{
    // Data is no page: it may load nothing, and stand in no frame.
    private const string NothingAllowed = "default-src 'none'; frame-ancestors 'none'";

    private readonly string? strictTransportHeader = strictTransport > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"max-age={(long)strictTransport.TotalSeconds}")
        : null;

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (strictTransportHeader is not null && context.Request.IsHttps)
            headers.StrictTransportSecurity = strictTransportHeader;
        context.Response.OnStarting(Complete, context);
        return next(context);
    }

    // When the endpoint is known, and has had its say.
    private static Task Complete(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy =
                context.GetEndpoint()?.Metadata.GetMetadata<ContentSecurityPolicyMetadata>()?.Policy ?? NothingAllowed;
        }

        // Personal data: what has an etag may be kept by the caller itself and be asked about, all else by nobody.
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = headers.ETag.Count > 0 ? "private, no-cache" : "no-store";
        return Task.CompletedTask;
    }
}

/// <summary>For an endpoint that is a page: what it may load, as <c>Content-Security-Policy</c> has it.</summary>
/// <param name="Policy">The policy.</param>
internal sealed record ContentSecurityPolicyMetadata(string Policy);
