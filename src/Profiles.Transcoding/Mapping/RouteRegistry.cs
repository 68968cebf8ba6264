using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Mapping;

/// <summary>All routes of the application, so that no two rules claim the same one. Used while services are mapped.</summary>
internal sealed class RouteRegistry
{
    private readonly Dictionary<(string HttpMethod, string Shape), (Type Service, string Rpc)> _owners = [];
    private readonly Lock _lock = new();

    /// <param name="claimed">The routes of this mapping of the service: a second mapping, for another host, is no conflict.</param>
    /// <param name="service">The service class.</param>
    /// <param name="rpc">The full name of the RPC.</param>
    /// <param name="httpMethod">The HTTP method.</param>
    /// <param name="template">The path.</param>
    /// <exception cref="FormatException">Another rule has the route.</exception>
    public void Claim(HashSet<(string HttpMethod, string Shape)> claimed, Type service, string rpc, string httpMethod, HttpTemplate template)
    {
        var route = (httpMethod, template.Shape);
        lock (_lock)
        {
            var taken = _owners.TryGetValue(route, out var owner);
            if (!claimed.Add(route) || (taken && owner != (service, rpc)))
                throw new FormatException($"{httpMethod} {template.Text} is the route of {(taken ? owner.Rpc : rpc)} already");
            _owners[route] = (service, rpc);
        }
    }
}
