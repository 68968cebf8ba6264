using System.Reflection;

namespace Profiles.Server.Tests.Streams;

/// <summary>Stands for what has to be there, yet is not reached. What is subscribed to it is never called.</summary>
internal static class Unused
{
    public static T Of<T>()
        where T : class => DispatchProxy.Create<T, UnusedProxy>();
}

/// <summary>Fails every call that asks for something.</summary>
public class UnusedProxy : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.ReturnType == typeof(void) ? null : throw new InvalidOperationException($"{targetMethod?.Name} is called.");
}
