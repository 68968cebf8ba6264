using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace Profiles.Transcoding.Routing;

/// <summary>
/// Decides among the endpoints that routing found by the rules of google.api.http: exact letters, raw path, verb, HTTP
/// method. Where only the method is wrong, a 405 answers.
/// </summary>
internal sealed class TranscodingMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<TranscodingRoute>() is not null) return true;
        }

        return false;
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var method = RequestedMethod(httpContext.Request);
        var selection = new Selection(isPreflight: HttpMethods.IsOptions(httpContext.Request.Method));
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i)) continue;
            var endpoint = candidates[i].Endpoint;
            if (endpoint.Metadata.GetMetadata<TranscodingRoute>() is not { } route)
            {
                selection.Foreign |= endpoint is RouteEndpoint { Order: < int.MaxValue };
                continue;
            }

            candidates.SetValidity(i, false);
            if (TemplateMatcher.Matches(route.Parsed, route.PathOf(httpContext), Skipped(endpoint, route)))
                selection.Offer(i, route, method);
        }

        if (selection.Best >= 0) candidates.SetValidity(selection.Best, true);
        if (selection is { Best: >= 0, All: { } all }) httpContext.Features.Set(new AllowedMethods(MethodNotAllowed.AllowOf(all)));
        if (selection is { Best: < 0, Refused: { } refused, Foreign: false }) httpContext.SetEndpoint(MethodNotAllowed.Endpoint(refused));
        return Task.CompletedTask;
    }

    /// <summary>How many segments a group of routes put before the template.</summary>
    public static int Skipped(Endpoint endpoint, TranscodingRoute route) =>
        ((RouteEndpoint)endpoint).RoutePattern.PathSegments.Count - route.Parsed.Segments.Length;

    // A browser asks for leave before it sends the method: then CORS must see the endpoint of that method.
    private static string RequestedMethod(HttpRequest request)
    {
        var asked = HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.Origin)
            ? request.Headers.AccessControlRequestMethod.ToString()
            : "";
        return HttpMethods.GetCanonicalizedValue(asked.Length > 0 ? asked : request.Method);
    }

    private sealed class Selection(bool isPreflight)
    {
        private TranscodingRoute? _route;
        private int _fit;

        public int Best { get; private set; } = -1;

        /// <summary>Routes of the path that do not know the method.</summary>
        public List<TranscodingRoute>? Refused { get; private set; }

        /// <summary>All routes of the path, for a preflight that no CORS middleware answers.</summary>
        public List<TranscodingRoute>? All { get; } = isPreflight ? [] : null;

        /// <summary>An endpoint of the application itself, no fallback, matches too.</summary>
        public bool Foreign { get; set; }

        public void Offer(int candidate, TranscodingRoute route, string method)
        {
            All?.Add(route);
            if (route.Fit(method) is not { } fit)
            {
                (Refused ??= []).Add(route);
                return;
            }

            if (_route is not null && !Precedes(route, fit)) return;
            (Best, _route, _fit) = (candidate, route, fit);
        }

        private bool Precedes(TranscodingRoute route, int fit)
        {
            var order = route.Parsed.ComparePrecedence(_route!.Parsed);
            return order < 0 || (order == 0 && fit < _fit);
        }
    }
}
