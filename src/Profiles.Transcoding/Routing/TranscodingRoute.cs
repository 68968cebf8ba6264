using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding;

/// <summary>
/// One REST binding of a gRPC method; part of the metadata of its endpoint, so middleware can tell what it serves.
/// </summary>
public sealed class TranscodingRoute
{
    internal TranscodingRoute(MethodDescriptor method, string httpMethod, HttpTemplate template, TranscodingSettings settings)
    {
        Method = method;
        HttpMethod = httpMethod;
        Parsed = template;
        Settings = settings;
        FullName = $"/{method.Service.FullName}/{method.Name}";
    }

    /// <summary>The gRPC method.</summary>
    public MethodDescriptor Method { get; }

    /// <summary>The method's name in gRPC, for instance <c>/package.Service/Method</c>.</summary>
    public string FullName { get; }

    /// <summary>The HTTP method, for instance <c>GET</c>; <c>*</c> for any.</summary>
    public string HttpMethod { get; }

    /// <summary>The path template of the google.api.http rule.</summary>
    public string Template => Parsed.Text;

    internal HttpTemplate Parsed { get; }

    internal TranscodingSettings Settings { get; }

    /// <summary>The path of a request, as the options of the service read it.</summary>
    internal RequestPath PathOf(HttpContext context)
    {
        var path = RequestPath.Of(context);
        return Settings.Options.IgnoreTrailingSlash ? path.WithoutTrailingSlash() : path;
    }

    /// <summary>How well the HTTP method fits: 0 exactly, more for less, null not at all.</summary>
    internal int? Fit(string httpMethod)
    {
        if (HttpMethod == httpMethod) return 0;
        if (HttpMethods.IsHead(httpMethod) && HttpMethod == HttpMethods.Get) return 1;
        return HttpMethod == "*" ? 2 : null;
    }
}
