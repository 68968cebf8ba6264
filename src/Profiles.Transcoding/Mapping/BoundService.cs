using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Profiles.Transcoding.Mapping;

/// <summary>The generated code behind a service class.</summary>
internal sealed class BoundService
{
    private readonly MethodInfo _bind;

    private BoundService(MethodInfo bind, ServiceDescriptor descriptor)
    {
        _bind = bind;
        Descriptor = descriptor;
        BaseType = bind.GetParameters()[1].ParameterType;
    }

    public ServiceDescriptor Descriptor { get; }

    /// <summary>The generated class that declares the methods.</summary>
    public Type BaseType { get; }

    public static bool TryFind(Type service, [NotNullWhen(true)] out BoundService? found)
    {
        found = null;
        for (var type = service; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute) continue;
            var bind = attribute.BindType.GetMethod(attribute.BindMethodName, [typeof(ServiceBinderBase), type]);
            var descriptor = attribute.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
            if (bind is not null && descriptor is ServiceDescriptor known) found = new BoundService(bind, known);
            return found is not null;
        }

        return false;
    }

    /// <summary>Has the generated code name each method to the binder.</summary>
    public void Bind(ServiceBinderBase binder)
    {
        try
        {
            _bind.Invoke(null, [binder, null]);
        }
        catch (TargetInvocationException error) when (error.InnerException is TranscodingContractException cause)
        {
            throw new TranscodingContractException(cause.Method, cause.Reason);
        }
    }

    /// <summary>The method that overrides the generated one.</summary>
    public MethodInfo FindMethod(Type service, string name, params Type[] parameters)
    {
        for (var type = service; type is not null; type = type.BaseType)
        {
            var method = type.GetMethod(name, BindingFlags.Public | BindingFlags.Instance, parameters);
            if (method is { IsVirtual: true } && method.GetBaseDefinition().DeclaringType == BaseType) return method;
        }

        throw new InvalidOperationException($"{service} does not have the method {name}.");
    }
}
