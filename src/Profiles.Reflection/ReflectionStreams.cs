using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Profiles.Reflection;

/// <summary>Runs the streams of both versions of the service.</summary>
internal sealed class ReflectionStreams(
    EndpointDataSource endpoints, IOptions<ReflectionOptions> options, IHostApplicationLifetime lifetime)
{
    // Made at the first question: by then everything is mapped.
    private readonly Lazy<DescriptorIndex> index = new(() => new DescriptorIndex(MappedServices.Of(endpoints.Endpoints)));

    /// <summary>
    /// Answers until the caller has no more questions. UNAVAILABLE ends it when the server stops, so that an idle caller does not
    /// hold the stop up; RESOURCE_EXHAUSTED after too many questions.
    /// </summary>
    public async Task RunAsync<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TResponse> responses,
        Func<ReflectionSession, TRequest, TResponse> answer,
        CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var session = new ReflectionSession(index.Value);
        try
        {
            for (var count = 0; await requests.MoveNext(ended.Token); count++)
            {
                if (count == options.Value.MaxRequestsPerStream)
                    throw TooManyRequests();
                await responses.WriteAsync(answer(session, requests.Current), ended.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."));
        }
    }

    private static RpcException TooManyRequests() =>
        new(new Status(StatusCode.ResourceExhausted, "The stream has had too many requests; open another one."));
}
