using System.CommandLine;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Pictures;
using Profiles.Postgres;
using Profiles.Postgres.Migrations;
using Profiles.Server.Access;
using Profiles.Server.Hosting;
using Profiles.Server.Pictures;

namespace Profiles.Server.Commands;

/// <summary>Runs commands that work on the database: that of a running server beside them too.</summary>
internal static class StoreCommand
{
    /// <summary>Runs a command with the store and the use cases on it, on a schema that is up to date.</summary>
    public static Task<int> RunAsync(ParseResult result, Func<IServiceProvider, Task> command, CancellationToken cancellationToken) =>
        CommandLine.RunAsync(result, async () =>
        {
            var builder = ServerHost.CreateBuilder();
            var settings = ServerSettings.Read(builder.Configuration);
            using var loggers = CommandLine.CreateLoggers(builder.Configuration);
            await using var database = await Database.OpenForCommandAsync(settings, loggers, cancellationToken);
            await using var services = CreateServices(
                database.ConnectionString, loggers, settings.Pictures, () => MasterKeySetup.Read(builder.Configuration, settings));

            await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
            await command(services);
            return 0;
        });

    private static ServiceProvider CreateServices(
        string connectionString, ILoggerFactory loggers, PictureOptions pictures, Func<MasterKeys> readMasterKeys) =>
        new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(loggers)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddPostgresStore(connectionString)
            .AddSingleton(pictures)
            .AddPicturePlaces(pictures)
            .AddSingleton<PictureMove>()
            .AddSingleton<PictureOriginals>()
            .AddOrganizations()
            .AddSingleton(_ => readMasterKeys())
            .AddCredentials()
            .BuildServiceProvider();
}
