using Google.Protobuf;
using Grpc.Core;
using Npgsql;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Calls;

/// <summary>
/// The server itself ends a call at its deadline, though the database does not answer; what was sent to the database by then is carried
/// out. The deadline is told in the header alone, as a client keeps its own otherwise.
/// </summary>
internal sealed class DeadlineTests : ProfilesTest
{
    private const string Timeout = "500m";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Over_grpc_it_is_deadline_exceeded_and_the_write_takes_place()
    {
        await using var held = await HoldAliceAsync();
        var change = new UpdateMyProfileRequest { Profile = new Profile { Nickname = "Late" } };

        var status = await RawHttp2.PostAsync(
            SharedServer.Server.Grpc, "/profiles.v1.ProfileService/UpdateMyProfile", UserToken, RawHttp2.Frame(change.ToByteArray()), ("grpc-timeout", Timeout));

        Assert.That((status.Code, status.Reason), Is.EqualTo(((int)StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED")));
        await LetGoAndExpectAsync(held, "Late");
    }

    [Test]
    public async Task Over_rest_it_is_504_and_the_write_takes_place()
    {
        await using var held = await HoldAliceAsync();

        var answer = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"Late"}""", ("grpc-timeout", Timeout));

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((504, "DEADLINE_EXCEEDED")));
        await LetGoAndExpectAsync(held, "Late");
    }

    // Another session has the row, so that a write to it waits.
    private async Task<NpgsqlConnection> HoldAliceAsync()
    {
        await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"Early"}""");
        var connection = new NpgsqlConnection(await ExternalDatabase.ConnectAsync("profiles", SharedServer.Data));
        await connection.OpenAsync();
        await using var hold = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand("SELECT 1 FROM profiles WHERE organization_id = $1 AND user_id = 'alice' FOR UPDATE")
                {
                    Parameters = { new NpgsqlParameter { Value = Organization } },
                },
            },
        };
        Assert.That(await hold.ExecuteScalarAsync(), Is.EqualTo(1));
        return connection;
    }

    private async Task LetGoAndExpectAsync(NpgsqlConnection held, string nickname)
    {
        Assert.That(await NicknameAsync(), Is.EqualTo("Early"));
        await using (var end = new NpgsqlCommand("ROLLBACK", held))
            await end.ExecuteNonQueryAsync();

        using var timeout = new CancellationTokenSource(Patience);
        while (await NicknameAsync() != nickname)
            timeout.Token.ThrowIfCancellationRequested();
    }

    private async Task<string> NicknameAsync() =>
        (await RestAsync("GET", MyProfile, UserToken)).Json!["nickname"]!.GetValue<string>();
}
