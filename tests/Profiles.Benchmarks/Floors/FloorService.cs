using Grpc.Core;
using Npgsql;
using Profiles.V1;

namespace Profiles.Benchmarks.Floors;

/// <summary>
/// The least that calls can cost on the same gRPC server: one that does nothing, and two with a handler as plain as can be, which
/// sends one prepared statement and knows no rule, no caller and no error.
/// </summary>
internal sealed class FloorService(NpgsqlDataSource database) : ProfileService.ProfileServiceBase
{
    private static readonly GetMyProfileResponse Nothing = new();

    public override Task<GetMyProfileResponse> GetMyProfile(GetMyProfileRequest request, ServerCallContext context) =>
        Task.FromResult(Nothing);

    public override async Task<SetProfileResponse> SetProfile(SetProfileRequest request, ServerCallContext context)
    {
        await using var command = database.CreateCommand(PlainSql.Update);
        Add(command, Population.Organization, request.UserId, request.Profile.Nickname);
        var revision = await command.ExecuteScalarAsync();
        return new SetProfileResponse
        {
            Profile = new Profile { UserId = request.UserId, Nickname = request.Profile.Nickname, Revision = (long)revision! },
        };
    }

    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        await using var command = database.CreateCommand(PlainSql.Read);
        Add(command, Population.Organization, request.UserId);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new GetProfileResponse
        {
            Profile = new Profile
            {
                UserId = reader.GetString(0),
                GivenName = reader.GetString(1),
                FamilyName = reader.GetString(2),
                Nickname = await reader.IsDBNullAsync(3) ? string.Empty : reader.GetString(3),
                Locale = reader.GetString(4),
                PreferredUsername = reader.GetString(5),
                Revision = reader.GetInt64(6),
            },
        };
    }

    private static void Add(NpgsqlCommand command, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
    }
}
