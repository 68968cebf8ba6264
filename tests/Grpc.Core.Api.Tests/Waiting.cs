using System.Runtime.CompilerServices;

namespace Grpc.Core.Api.Tests;

/// <summary>No await may hang: what takes longer than ten seconds fails and says which one it was.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>For calls that block their thread.</summary>
    public static DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime + s_limit;

    public static async Task Soon(this Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        if (await Task.WhenAny(task, Late()) != task)
            throw new TimeoutException(what);

        await task;
    }

    public static async Task<T> Soon<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await ((Task)task).Soon(what);
        return await task;
    }

    public static Task<T> Soon<T>(this AsyncUnaryCall<T> call, [CallerArgumentExpression(nameof(call))] string what = "") =>
        call.ResponseAsync.Soon(what);

    public static Task<List<T>> ReadAll<T>(this IAsyncStreamReader<T> stream) => Collect(stream.ReadAllAsync()).Soon("the end of the stream");

    private static Task Late() => Task.Delay(s_limit, TimeProvider.System);

    private static async Task<List<T>> Collect<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);

        return list;
    }
}
