using System.CommandLine;
using System.Net.Sockets;
using Profiles.Core.Organizations;
using Profiles.Postgres.Migrations;
using Profiles.Server.Hosting;

namespace Profiles.Server.Commands;

/// <summary><c>serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly Option<bool> Examples = new("--examples")
    {
        Description = "When ready, print calls to paste, with a working token and API key (embedded mode only)",
    };

    public static Command Create()
    {
        var command = new Command("serve", "Run the server (the default)") { Examples };
        command.SetAction((result, token) => CommandLine.RunAsync(
            result, () => RunAsync(result.GetValue(Examples), result.InvocationConfiguration.Output, token)));
        return command;
    }

    public static async Task<int> RunAsync(bool printExamples, TextWriter output, CancellationToken cancellationToken)
    {
        var builder = ServerHost.CreateBuilder();
        var settings = ServerSettings.Read(builder.Configuration);
        using var loggers = CommandLine.CreateLoggers(builder.Configuration);
        var tokens = TokenSetup.CreateValidator(builder.Configuration, settings, loggers);
        var masterKeys = MasterKeySetup.Read(builder.Configuration, settings);

        await using var database = await Database.OpenForServerAsync(settings, loggers, cancellationToken);
        await using var app = ServerHost.Build(builder, settings, database.ConnectionString, tokens, masterKeys);
        await MigrateAsync(app, cancellationToken);
        if (settings.IsEmbedded)
            await app.Services.GetRequiredService<OrganizationAdministration>().EnsureAsync(TokenSetup.ExampleOrganization, cancellationToken);
        await StartAsync(app, cancellationToken);
        var addresses = ServerHost.AddressesOf(app);
        ServerLog.Serving(app.Logger, addresses[0], addresses[^1]);
        if (printExamples && settings.IsEmbedded)
            output.WriteLine(await FormatExamplesAsync(app, settings, cancellationToken));

        return await RunToEndAsync(app, database, cancellationToken);
    }

    private static async Task<string> FormatExamplesAsync(
        WebApplication app, ServerSettings settings, CancellationToken cancellationToken)
    {
        var addresses = ServerHost.AddressesOf(app);
        var key = await ExampleKey.GetAsync(app.Services, settings, TokenSetup.ExampleOrganization, cancellationToken);
        return ExampleCalls.Format(addresses[0], addresses[^1], TokenSetup.IssueExample(settings), key, settings.HasReflection);
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException)
        {
            throw new SettingException(
                $"The server cannot listen: {exception.Message} PROFILES_HTTP_PORT, PROFILES_GRPC_PORT and PROFILES_BIND_ADDRESS "
                + "must name ports and an address that are free and allowed; with Kestrel__Endpoints, those and their certificates.");
        }
    }

    private static async Task MigrateAsync(WebApplication app, CancellationToken cancellationToken)
    {
        foreach (var migration in await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken))
            ServerLog.MigrationApplied(app.Logger, migration);
    }

    private static async Task<int> RunToEndAsync(WebApplication app, Database database, CancellationToken cancellationToken)
    {
        var shutdown = app.WaitForShutdownAsync(cancellationToken);
        var ended = await Task.WhenAny(shutdown, database.Lost);
        if (ended == shutdown)
        {
            await shutdown;
            ServerLog.Stopped(app.Logger);
            return 0;
        }

        ServerLog.EmbeddedDatabaseLost(app.Logger, database.Lost.Exception!.InnerException!);
        await app.StopAsync(CancellationToken.None);
        return 1;
    }
}
