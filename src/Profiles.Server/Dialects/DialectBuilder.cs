using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Profiles.Server.Errors;
using Profiles.Server.Hosting;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects;

/// <summary>Takes what a dialect consists of, and maps it once the server is put together.</summary>
internal sealed class DialectBuilder(Dialect dialect, IServiceCollection services, IGrpcServerBuilder grpc, IConfiguration settings)
{
    private readonly List<Action<WebApplication>> mappings = [];
    private readonly List<FileDescriptor> contracts = [];

    /// <summary>The dialect.</summary>
    public Dialect Dialect => dialect;

    /// <summary>For what its services need.</summary>
    public IServiceCollection Services => services;

    /// <summary>The dialect's own section of the configuration.</summary>
    public IConfiguration Settings => settings;

    /// <summary>The files that declare its services.</summary>
    public IReadOnlyList<FileDescriptor> Contracts => contracts;

    /// <summary>Adds a service. A slash at the end of its paths counts for nothing.</summary>
    /// <typeparam name="TService">The class that serves it: one instance.</typeparam>
    /// <param name="contract">The file that declares it.</param>
    /// <param name="configure">Sets how it is served over REST; the error writer at least.</param>
    /// <param name="errors">Says failures in the dialect's words over gRPC too; ours unless given.</param>
    /// <param name="large">The method that takes more bytes than others do, and how many; none unless given.</param>
    /// <param name="metadata">What else its endpoints are marked with.</param>
    public void AddService<TService>(
        FileDescriptor contract,
        Action<JsonTranscodingOptions> configure,
        IErrorTranslator? errors = null,
        (string Method, int MaxBytes)? large = null,
        params IEnumerable<object> metadata)
        where TService : class
    {
        services.AddSingleton<TService>();
        if (large is { MaxBytes: var bytes })
            grpc.AddServiceOptions<TService>(options => options.MaxReceiveMessageSize = bytes);
        grpc.AddServiceTranscodingOptions<TService>(options =>
        {
            options.IgnoreTrailingSlash = true;
            configure(options);
        });
        contracts.Add(contract);
        List<object> all = [dialect.Credentials, .. metadata];
        if (errors is not null)
            all.Add(errors);
        mappings.Add(app =>
        {
            var endpoints = app.MapGrpcService<TService>().WithMetadata([.. all]);
            if (large is { } method)
                endpoints.AllowLargeRequests(method.MaxBytes, name => name == method.Method);
        });
    }

    /// <summary>Answers every path below a prefix that nothing else serves as the service answers its errors.</summary>
    public void AddFallback<TService>(string prefix)
        where TService : class =>
        mappings.Add(app => app.MapTranscodingFallback<TService>(prefix));

    /// <summary>Maps all of it.</summary>
    public void Map(WebApplication app) => mappings.ForEach(map => map(app));
}
