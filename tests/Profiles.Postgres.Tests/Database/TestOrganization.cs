using System.Globalization;
using Npgsql;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Records;
using Profiles.Core.Storage;

namespace Profiles.Postgres.Tests.Database;

/// <summary>An organization of a test's own.</summary>
internal sealed class TestOrganization
{
    private const int All = 1000;

    private static int count;

    private readonly NpgsqlDataSource dataSource;

    private TestOrganization(TestDatabase database, OrganizationId id)
    {
        dataSource = database.DataSource;
        Store = database.Store;
        Id = id;
    }

    public OrganizationId Id { get; }

    /// <summary>The store to use; a test may give another one on the same database.</summary>
    public IProfileStore Store { get; set; }

    public static async Task<TestOrganization> CreateAsync()
    {
        var number = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        return new TestOrganization(await TestDatabase.GetAsync(), OrganizationId.Parse($"organization-{number}"));
    }

    public ProfileKey Key(string user) => new(Id, UserId.Parse(user));

    public async Task<WriteOutcome> WriteAsync(
        string user,
        Action<ProfilePatchBuilder> content,
        Precondition? precondition = null,
        IdempotentRequest? request = null,
        DateTime? time = null) =>
        (await WriteAsync(Write.To(user, content, precondition, request, time)))[0];

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(params ProfileWrite[] writes) =>
        Store.WriteAsync(Id, writes, CancellationToken.None);

    /// <summary>Sets one field that nothing depends on.</summary>
    public Task<WriteOutcome> NameAsync(
        string user,
        string nickname,
        Precondition? precondition = null,
        IdempotentRequest? request = null,
        DateTime? time = null) =>
        WriteAsync(user, patch => patch.Set(ProfileField.Nickname, nickname), precondition, request, time);

    public Task<WriteOutcome> DeleteAsync(
        string user, Precondition? precondition = null, IdempotentRequest? request = null, DateTime? time = null) =>
        Store.DeleteAsync(
            Key(user), new ProfileDelete(Write.Context(precondition, request, time)), CancellationToken.None);

    public Task<IReadOnlyList<WriteOutcome>> DeleteManyAsync(params string[] users) =>
        Store.DeleteManyAsync(
            Id,
            users.Select(user => (UserId.Parse(user), new ProfileDelete(Write.Context(precondition: null, request: null, time: null)))).ToList(),
            CancellationToken.None);

    public Task<ProfileRecord?> GetAsync(string user) => Store.GetAsync(Key(user), CancellationToken.None);

    public Task<IReadOnlyList<ProfileChange>> HistoryAsync(string user) =>
        Store.ListChangesAsync(Key(user), after: null, newestFirst: false, All, CancellationToken.None);

    /// <summary>One value of a query whose <c>$1</c> is the organization and <c>$2</c> the user.</summary>
    public async Task<T?> QueryAsync<T>(string sql, string user)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = Id.Value });
        command.Parameters.Add(new NpgsqlParameter { Value = user });
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>Which version of its row a user's profile is.</summary>
    public Task<string?> VersionAsync(string user) =>
        QueryAsync<string>("SELECT xmin::text || ctid FROM profiles WHERE organization_id = $1 AND user_id = $2", user);
}
