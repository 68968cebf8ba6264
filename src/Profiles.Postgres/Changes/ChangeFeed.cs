using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Profiles.Core.Changes;
using Profiles.Postgres.Connections;

namespace Profiles.Postgres.Changes;

/// <summary>
/// Listens for changes (<c>LISTEN</c>) on one connection beside the pool, and connects again when it is lost. Four times a second it
/// asks the database a question: with the answer comes what was told, and the proof that all of it was heard.
/// </summary>
/// <remarks>
/// Npgsql's <c>WaitAsync</c> would hear notifications sooner. But when its time is over just as one arrives, the next question on the
/// connection fails as if it had taken too long.
/// </remarks>
/// <param name="connectionString">The database.</param>
/// <param name="clock">Tells the time of confirmations.</param>
/// <param name="logger">Takes the loss and the return of the connection.</param>
internal sealed class ChangeFeed(string connectionString, TimeProvider clock, ILogger<ChangeFeed> logger) : BackgroundService, IChangeFeed
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Action<ChangeNotice>> receivers = new(StringComparer.Ordinal);
    private volatile ChangeFeedState state = ChangeFeedState.None;
    private bool isLost;

    public ChangeFeedState State => state;

    public void Subscribe(string kind, Action<ChangeNotice> receive) =>
        receivers.AddOrUpdate(kind, receive, (_, others) => others + receive);

    /// <summary>Tells this instance itself of a change that it has made, without waiting for the database to do so.</summary>
    public void Tell(ChangeNotice notice)
    {
        if (receivers.TryGetValue(notice.Kind, out var receive))
            receive(notice);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var dataSource = DataSources.CreateForChanges(connectionString);
        try
        {
            while (true)
            {
                await ListenUntilLostAsync(dataSource, stoppingToken);
                await Task.Delay(Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task ListenUntilLostAsync(NpgsqlDataSource dataSource, CancellationToken stoppingToken)
    {
        try
        {
            await ListenAsync(dataSource, stoppingToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException or IOException)
        {
            if (!isLost)
                PostgresLog.ChangesLost(logger, exception);
            isLost = true;
        }
    }

    private async Task ListenAsync(NpgsqlDataSource dataSource, CancellationToken stoppingToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => Receive(notification.Payload);
        await using var listen = new NpgsqlCommand(ChangeSql.Listen, connection);
        await listen.ExecuteNonQueryAsync(stoppingToken);

        await using var question = new NpgsqlCommand(ChangeSql.ReadProcess, connection);
        var session = state.Session + 1;
        await AnnounceAsync(connection, question, stoppingToken);
        while (true)
        {
            await ConfirmAsync(connection, question, session, stoppingToken);
            await Task.Delay(Interval, clock, stoppingToken);
        }
    }

    private async Task AnnounceAsync(NpgsqlConnection connection, NpgsqlCommand question, CancellationToken stoppingToken)
    {
        if (!await IsDirectAsync(connection, question, stoppingToken))
            PostgresLog.ChangesBehindPooler(logger);
        else if (isLost)
            PostgresLog.ChangesHeardAgain(logger);
        isLost = false;
    }

    // Notifications come before the answer to what was asked after them.
    private async Task ConfirmAsync(NpgsqlConnection connection, NpgsqlCommand question, long session, CancellationToken stoppingToken)
    {
        var askedAt = clock.GetTimestamp();
        if (await IsDirectAsync(connection, question, stoppingToken))
            state = new ChangeFeedState(session, askedAt);
    }

    // Behind a pooler the process is not the one that was connected to, and what it is told may reach nobody.
    private static async Task<bool> IsDirectAsync(
        NpgsqlConnection connection, NpgsqlCommand question, CancellationToken stoppingToken) =>
        await question.ExecuteScalarAsync(stoppingToken) is int process && process == connection.ProcessID;

    private void Receive(string payload)
    {
        if (ChangeNotice.TryParse(payload, out var notice))
            Tell(notice);
    }
}
