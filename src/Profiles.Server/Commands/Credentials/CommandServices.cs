using Profiles.Postgres;
using Profiles.Postgres.Migrations;
using Profiles.Server.Access;
using Profiles.Server.Hosting;

namespace Profiles.Server.Commands.Credentials;

/// <summary>What a command needs of a server, on the database of the settings, whose schema is brought up to date.</summary>
internal sealed class CommandServices : IAsyncDisposable
{
    private readonly ILoggerFactory loggers;
    private readonly Database database;
    private readonly ServiceProvider services;

    private CommandServices(ILoggerFactory loggers, Database database, ServiceProvider services) =>
        (this.loggers, this.database, this.services) = (loggers, database, services);

    /// <summary>Runs a command with a service, and lets go of everything afterwards.</summary>
    public static async Task<TResult> UseAsync<TService, TResult>(
        Func<TService, Task<TResult>> command, CancellationToken cancellationToken)
        where TService : notnull
    {
        await using var opened = await OpenAsync(cancellationToken);
        await opened.services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        return await command(opened.services.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        loggers.Dispose();
    }

    private static async Task<CommandServices> OpenAsync(CancellationToken cancellationToken)
    {
        var builder = ServerHost.CreateBuilder();
        var settings = ServerSettings.Read(builder.Configuration);
        var masterKeys = MasterKeySetup.Read(builder.Configuration, settings);
        var logging = CommandLine.CreateLoggers(builder.Configuration);
        var opened = await Database.OpenForCommandAsync(settings, logging, cancellationToken);
        var provider = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(logging)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddPostgresStore(opened.ConnectionString)
            .AddCredentials(masterKeys)
            .BuildServiceProvider();
        return new CommandServices(logging, opened, provider);
    }
}
