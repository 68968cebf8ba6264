using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Profiles.Core.Errors;
using Profiles.Postgres.Embedded;
using Profiles.Postgres.Migrations;
using Profiles.Server.Commands.Credentials;
using Profiles.Server.Hosting;
using Profiles.Server.Tokens;

namespace Profiles.Server.Commands;

/// <summary>The server's command line: one file a command beside this one.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer in JSON, errors included",
        Recursive = true,
    };

    // What begins with @ is a value as any other, and no file of more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    // Longer than what the server itself takes to stop.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(150);

    /// <summary>Runs the command that <paramref name="args"/> name and returns the exit code: 0, or 1 when it failed.</summary>
    public static Task<int> InvokeAsync(string[] args)
    {
        var serve = ServeCommand.Create();
        var root = new RootCommand("Profiles: user profiles over gRPC and REST")
        {
            serve, MigrateCommand.Create(), TokenCommand.Create(), OrganizationCommand.Create(), KeyCommand.Create(),
            AppCommand.Create(), PictureCommand.Create(), Json,
        };
        root.Action = serve.Action;
        return root.Parse(args, Parsing).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TerminationTimeout });
    }

    /// <summary>Runs a command; what its user can mend is said in a sentence, without a stack trace.</summary>
    public static async Task<int> RunAsync(ParseResult result, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
        catch (Exception exception) when (Explain(exception) is { } sentence)
        {
            var error = result.InvocationConfiguration.Error;
            await error.WriteLineAsync(result.GetValue(Json) ? JsonSerializer.Serialize(new { error = sentence }) : sentence);
            return 1;
        }
    }

    /// <summary>Prints a command's answer: words, or the same in JSON.</summary>
    public static void Answer(ParseResult result, string words, object json) =>
        result.InvocationConfiguration.Output.WriteLine(result.GetValue(Json) ? JsonSerializer.Serialize(json) : words);

    /// <summary>
    /// Prints a secret alone on the standard output, with what else there is to say on the other one; or all of it in JSON.
    /// </summary>
    public static void AnswerSecret(ParseResult result, string secret, string hint, object json)
    {
        if (!result.GetValue(Json))
            result.InvocationConfiguration.Error.WriteLine(hint);
        Answer(result, secret, json);
    }

    /// <summary>Loggers for what happens before the host is there, and for commands.</summary>
    /// <exception cref="SettingException">A setting of <c>Logging</c> is wrong.</exception>
    public static ILoggerFactory CreateLoggers(IConfiguration configuration)
    {
        try
        {
            return LoggerFactory.Create(logging => logging
                .AddConfiguration(configuration.GetSection("Logging"))
                .AddConsole());
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingException($"A setting of Logging is wrong: {exception.Message}");
        }
    }

    private static string? Explain(Exception exception) =>
        exception switch
        {
            ProfilesException { Violations.Count: > 0 } invalid =>
                string.Join(' ', invalid.Violations.Select(violation => $"{CredentialOptions.OptionOf(violation.Field)} {violation.Description}.")),
            ProfilesException refused => refused.Message,
            SettingException or TokenSetupException or EmbeddedPostgresException or SchemaTooNewException => exception.Message,
            NpgsqlException or SocketException => $"The database cannot be used: {exception.Message}",
            _ => null,
        };
}
