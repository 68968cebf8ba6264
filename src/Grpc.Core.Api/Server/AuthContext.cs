namespace Grpc.Core;

/// <summary>What the transport proved about the peer of a call. Headers prove nothing: anybody can send them.</summary>
public class AuthContext
{
    private readonly Dictionary<string, List<AuthProperty>> _properties;

    /// <summary>Creates a context.</summary>
    /// <param name="peerIdentityPropertyName">Name of the properties that say who the peer is; null when nothing does.</param>
    /// <param name="properties">Every property, by name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="properties"/> is null.</exception>
    public AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        PeerIdentityPropertyName = peerIdentityPropertyName;
        _properties = properties;
    }

    /// <summary>Whether the peer proved who it is, for instance with a client certificate.</summary>
    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    /// <summary>Name of the properties that say who the peer is; null when it proved nothing.</summary>
    public string? PeerIdentityPropertyName { get; }

    /// <summary>The properties that say who the peer is; none when it proved nothing.</summary>
    public IEnumerable<AuthProperty> PeerIdentity =>
        PeerIdentityPropertyName is { } name ? FindPropertiesByName(name) : [];

    /// <summary>Every property.</summary>
    public IEnumerable<AuthProperty> Properties => _properties.Values.SelectMany(static named => named);

    /// <summary>Finds the properties with a name.</summary>
    /// <param name="propertyName">The name; case counts.</param>
    /// <returns>The properties; none when the name is unknown.</returns>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        _properties.TryGetValue(propertyName, out var named) ? named : [];
}
