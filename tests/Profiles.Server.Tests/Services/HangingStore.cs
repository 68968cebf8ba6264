using System.Reflection;

namespace Profiles.Server.Tests.Services;

/// <summary>
/// Stands for any interface of the store. Each call ends only when the cancellation token that it was given is cancelled: whoever
/// passes on another one waits for ever.
/// </summary>
public class HangingStore : DispatchProxy
{
    private static readonly MethodInfo Hang =
        typeof(HangingStore).GetMethod(nameof(HangAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Completes with the first call of the test.</summary>
    private Action reached = null!;

    /// <summary>Makes one.</summary>
    /// <param name="type">The interface.</param>
    /// <param name="reached">What to call whenever it is called.</param>
    public static object Create(Type type, Action reached)
    {
        var store = Create(type, typeof(HangingStore));
        ((HangingStore)store).reached = reached;
        return store;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        // What is no call of the store, a property for instance, waits for nothing.
        if (!typeof(Task).IsAssignableFrom(targetMethod!.ReturnType))
            return targetMethod.ReturnType.IsValueType ? Activator.CreateInstance(targetMethod.ReturnType) : null;
        var cancellationToken = args!.OfType<CancellationToken>().Single();
        reached();
        var result = targetMethod.ReturnType.GetGenericArguments() is [var type] ? type : typeof(bool);
        return Hang.MakeGenericMethod(result).Invoke(null, [cancellationToken]);
    }

    private static Task<T> HangAsync<T>(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return never.Task;
    }
}
