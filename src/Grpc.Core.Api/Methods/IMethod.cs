namespace Grpc.Core;

/// <summary>A method of a service, whatever its messages.</summary>
public interface IMethod
{
    /// <summary>Its kind.</summary>
    MethodType Type { get; }

    /// <summary>Name of its service with the package, such as <c>profiles.v1.Profiles</c>.</summary>
    string ServiceName { get; }

    /// <summary>Its own name, such as <c>GetProfile</c>.</summary>
    string Name { get; }

    /// <summary>The path of its calls: <c>/</c>, service name, <c>/</c>, name.</summary>
    string FullName { get; }
}
