namespace Grpc.Core;

/// <summary>A method of a service, whatever its messages.</summary>
public interface IMethod
{
    /// <summary>Its kind.</summary>
    public MethodType Type { get; }

    /// <summary>Name of its service with the package, such as <c>profiles.v1.Profiles</c>.</summary>
    public string ServiceName { get; }

    /// <summary>Its own name, such as <c>GetProfile</c>.</summary>
    public string Name { get; }

    /// <summary>The path of its calls: <c>/</c>, service name, <c>/</c>, name.</summary>
    public string FullName { get; }
}
