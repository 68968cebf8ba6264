using Grpc.Core;
using Npgsql;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;
using Profiles.V1;

namespace Profiles.Benchmarks.Floors;

/// <summary>
/// The least that calls can cost on the same gRPC server: one that does nothing, and two with a handler as plain as can be, which
/// sends what <see cref="ServiceSql"/> says, and knows no rule, no caller and no error.
/// </summary>
internal sealed class FloorService(NpgsqlDataSource database) : ProfileService.ProfileServiceBase
{
    private static readonly GetMyProfileResponse Nothing = new();

    public override Task<GetMyProfileResponse> GetMyProfile(GetMyProfileRequest request, ServerCallContext context) =>
        Task.FromResult(Nothing);

    public override async Task<SetProfileResponse> SetProfile(SetProfileRequest request, ServerCallContext context)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        ServiceSql.AddSet(batch, request.UserId, request.Profile.Nickname);
        await using var reader = await batch.ExecuteReaderAsync();
        var rows = await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None);
        await Batches.ReadToEndAsync(reader);
        return new SetProfileResponse { Profile = MessageOf(rows[0]) };
    }

    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        await using var command = database.CreateCommand(ProfileSql.Get);
        command.Parameters.Add(Parameters.Text(Population.Organization));
        command.Parameters.Add(Parameters.Text(request.UserId));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None);
        return new GetProfileResponse { Profile = MessageOf(rows[0]) };
    }

    private static Profile MessageOf(ProfileRow row) => new()
    {
        UserId = row.UserId,
        GivenName = row.GivenName,
        FamilyName = row.FamilyName,
        Nickname = row.Nickname ?? string.Empty,
        Locale = row.Locale,
        PreferredUsername = row.PreferredUsername,
        Revision = row.Revision,
    };
}
