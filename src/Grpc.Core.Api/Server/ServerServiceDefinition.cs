namespace Grpc.Core;

/// <summary>The methods of a service with their handlers. Generated code makes one in <c>BindService</c>.</summary>
public partial class ServerServiceDefinition
{
    private readonly Action<ServiceBinderBase>[] _methods;

    private ServerServiceDefinition(Action<ServiceBinderBase>[] methods) => _methods = methods;

    /// <summary>Starts a definition.</summary>
    /// <returns>A builder without methods.</returns>
    public static Builder CreateBuilder() => new();

    // Grpc.AspNetCore.Server calls this: the official assembly shows it its internals.
    internal void BindService(ServiceBinderBase serviceBinder)
    {
        foreach (var bind in _methods)
            bind(serviceBinder);
    }
}
