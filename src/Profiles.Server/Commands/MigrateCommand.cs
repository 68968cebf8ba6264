using System.CommandLine;
using Npgsql;
using Profiles.Postgres.Migrations;
using Profiles.Server.Hosting;

namespace Profiles.Server.Commands;

/// <summary><c>migrate</c>: brings the database's schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the schema of the database up to date; serve does the same at its start");
        command.SetAction((result, token) => CommandLine.RunAsync(result, () => RunAsync(result, token)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var builder = ServerHost.CreateBuilder();
        var settings = ServerSettings.Read(builder.Configuration);
        using var loggers = CommandLine.CreateLoggers(builder.Configuration);
        await using var database = await Database.OpenForCommandAsync(settings, loggers, cancellationToken);
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);

        var applied = await new Migrator(dataSource, TimeProvider.System).MigrateAsync(cancellationToken);
        var words = applied.Count == 0
            ? $"The schema is up to date: version {Migrator.KnownVersion}."
            : $"Applied {string.Join(", ", applied)}. The schema has version {Migrator.KnownVersion}.";
        CommandLine.Answer(result, words, new { version = Migrator.KnownVersion, applied });
        return 0;
    }
}
