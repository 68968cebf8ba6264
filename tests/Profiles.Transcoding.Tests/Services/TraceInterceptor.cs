using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Profiles.Transcoding.Tests.Services;

/// <summary>Notes in the call that it was passed.</summary>
internal sealed class TraceInterceptor(string name) : Interceptor
{
    public const string Key = "trace";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (!context.UserState.TryGetValue(Key, out var trace)) context.UserState[Key] = trace = new List<string>();
        ((List<string>)trace).Add(name);
        return await continuation(request, context);
    }
}
