using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Operations;
using Profiles.Core.Usernames;
using Profiles.Postgres;
using Profiles.Server.Access;
using Profiles.Server.Errors;
using Profiles.Server.Health;
using Profiles.Server.Limits;
using Profiles.Server.Messages;
using Profiles.Server.OpenApi;
using Profiles.Server.Pictures;
using Profiles.Server.Services;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Keys;
using Profiles.V1;

namespace Profiles.Server.Hosting;

/// <summary>Puts the server together.</summary>
internal static class ServerHost
{
    // Below Kestrel's 32 KiB, whose refusal has no body.
    private const int MaxHeadersBytes = 24 * 1024;

    // What a request that is running may take to finish once the server is told to stop.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A builder with the server's configuration and logging, for the server and every command.</summary>
    public static WebApplicationBuilder CreateBuilder() =>
        WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

    /// <summary>The server, ready to start.</summary>
    public static WebApplication Build(
        WebApplicationBuilder builder, ServerSettings settings, string connectionString, TokenValidator tokens, MasterKeys masterKeys)
    {
        builder.WebHost.ConfigureKestrel(kestrel => KestrelSetup.Configure(kestrel, settings));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Drain + ShutdownTimeout);
        AddServices(builder.Services, settings, connectionString, tokens);
        builder.Services.AddSingleton(masterKeys);
        builder.Services.AddCredentials();
        builder.Services.AddHealth(settings.Drain);

        var app = builder.Build();
        settings.Proxies.Use(app);
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>(settings.StrictTransport);
        app.UseGrpcWeb();
        app.UseRouting();
        // Before access: a browser asks without a token whether it may ask.
        app.UseCors(policy => BrowserPolicy.Configure(policy, settings.CorsOrigins, settings.CorsMaxAge));
        app.UseGrpcGuard();
        app.UseMiddleware<OverloadMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<UploadGateMiddleware>();
        app.UseMiddleware<DenylistGateMiddleware>();
        app.MapGrpcService<ProfileGrpcService>();
        app.MapGrpcService<OrganizationGrpcService>();
        app.MapGrpcService<AuditGrpcService>();
        app.MapGrpcService<CredentialGrpcService>();
        app.MapGrpcService<UsernameGrpcService>()
            .AllowLargeRequests(UsernameDenylist.MaxBytes, method => method.StartsWith("Replace", StringComparison.Ordinal));
        app.MapGrpcService<PictureGrpcService>()
            .AllowLargeRequests(PictureSetup.MaxRequestBytes, method => method.StartsWith("Set", StringComparison.Ordinal));
        settings.Dialects.Map(app);
        app.MapHealth();
        if (settings.HasReflection)
            app.MapReflection().AllowAnonymous();
        if (settings.HasOpenApi)
            app.MapOpenApi(settings.Dialects);
        app.MapTranscodingFallback();
        var served = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints);
        app.Services.GetRequiredService<AccessRules>().DemandFor(served);
        return app;
    }

    /// <summary>The addresses that a running server listens on: REST first, gRPC last. With TLS there may be only one.</summary>
    public static IReadOnlyList<string> AddressesOf(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    private static void AddServices(
        IServiceCollection services, ServerSettings settings, string connectionString, TokenValidator tokens)
    {
        services.AddSingleton(TimeProvider.System);
        services.Configure<SocketTransportOptions>(KestrelSetup.Configure);
        services.AddCors();
        services.AddPostgresStore(connectionString);
        services.AddSingleton<ProfileReader>();
        services.AddSingleton<ProfileWriter>();
        services.AddSingleton<BatchSetHandler>();
        services.AddSingleton<ProfileMessages>();
        services.AddSingleton<ProfileGrpcService>();
        services.AddSingleton<CredentialGrpcService>();
        services.AddSingleton<UsernameChecker>();
        services.AddSingleton<UsernameDenylist>();
        services.AddSingleton<UsernameGrpcService>();
        services.AddOrganizations();
        services.AddPictures(settings.Pictures);
        services.AddSingleton(tokens);
        services.AddHostedService<KeyRefresher>();
        services.AddSingleton<StorageAlarm>();
        services.AddLimits(settings.Limits);
        services.AddSingleton<ErrorInterceptor>();
        services.AddHostedService<RequestForgetter>();
        services.AddHostedService<DenylistMender>();
        var grpc = services
            .AddGrpc(options =>
            {
                options.MaxReceiveMessageSize = settings.Limits.MessageBytes;
                options.Interceptors.Add<ErrorInterceptor>();
            })
            .AddServiceOptions<UsernameGrpcService>(options => options.MaxReceiveMessageSize = UsernameDenylist.MaxBytes)
            .AddServiceOptions<PictureGrpcService>(options => options.MaxReceiveMessageSize = PictureSetup.MaxRequestBytes)
            .AddStrictMessages()
            .AddReflection()
            .AddJsonTranscoding(options =>
            {
                options.HttpStatusMapper = MapHttpStatus;
                options.ErrorDomain = ErrorMap.Domain;
                // Profiles are JSON; forms are for services that take files.
                options.AcceptForms = false;
                options.MaxRequestHeadersSize = MaxHeadersBytes;
            })
            .AddServiceTranscodingOptions<PictureGrpcService>(options => options.AcceptForms = true);
        settings.Dialects.AddTo(services, grpc);
        services.AddSingleton(new AccessRules(
        [
            ProfileServiceReflection.Descriptor,
            OrganizationServiceReflection.Descriptor,
            CredentialServiceReflection.Descriptor,
            UsernameServiceReflection.Descriptor,
            PictureServiceReflection.Descriptor,
            AuditServiceReflection.Descriptor,
            .. settings.Dialects.Contracts,
        ]));
    }

    // RFC 9110, section 13.1.1: a precondition that failed is 412, whoever noticed it.
    private static int? MapHttpStatus(HttpContext context, Google.Rpc.Status status) =>
        status.Code == (int)Grpc.Core.StatusCode.Aborted && context.Request.Headers.IfMatch.Count > 0
            ? StatusCodes.Status412PreconditionFailed
            : null;
}
