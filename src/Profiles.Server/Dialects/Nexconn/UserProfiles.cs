using System.Globalization;
using Google.Protobuf.Collections;
using Grpc.Core;
using Profiles.Contracts.Nexconn.V4;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Records;
using Profiles.Core.Rules;
using Profiles.Server.Access;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>What both services of the dialect do with records.</summary>
internal sealed class UserProfiles(ProfileReader reader, ProfileWriter writer, DialectWriter writes, NexconnFields fields)
{
    private const int MaxPage = 100_000;
    private const int MaxPageSize = 100;
    private const int DefaultPageSize = 20;

    /// <summary>Changes a profile.</summary>
    /// <exception cref="ProfilesException">A rule is broken.</exception>
    public Task SetAsync(string user, UserProfile? basic, MapField<string, string> extended, ServerCallContext context)
    {
        var key = new ProfileKey(context.GetCaller().Organization, ReadUser("user_id", user));
        var patch = new DialectPatch(context.GetOrganization().Settings, byServer: true);
        fields.Fill(patch, key.Organization, basic, extended);
        return writes.WriteAsync(context, key, patch);
    }

    /// <summary>The profiles of the users that have one.</summary>
    /// <exception cref="ProfilesException">There are no users, or too many, or one that can be none.</exception>
    public async Task<IReadOnlyList<ProfileRecord>> GetAsync(
        string field, IReadOnlyList<string> users, int limit, ServerCallContext context)
    {
        var ids = ReadUsers(field, users, limit);
        var (found, _) = await reader.GetManyAsync(context.GetCaller().Organization, ids, context.CancellationToken);
        return found;
    }

    /// <summary>A page of all profiles.</summary>
    /// <exception cref="ProfilesException">The page, its size or the order is out of range.</exception>
    public Task<IReadOnlyList<ProfileRecord>> ListAsync(
        int? page, int? size, string sizeField, int? order, ServerCallContext context)
    {
        var number = InRange("page", page ?? 1, 1, MaxPage);
        var limit = InRange(sizeField, size ?? DefaultPageSize, 1, MaxPageSize);
        var newestFirst = InRange("order", order ?? 0, 0, 1) == 1;
        return reader.ListAtAsync(
            context.GetCaller().Organization, (number - 1) * limit, limit, newestFirst, context.CancellationToken);
    }

    /// <summary>Deletes the profiles of the users that have one.</summary>
    /// <exception cref="ProfilesException">There are no users, or too many, or one that can be none.</exception>
    public Task DeleteAsync(string field, IReadOnlyList<string> users, int limit, ServerCallContext context)
    {
        var origin = context.GetOrigin();
        var ids = ReadUsers(field, users, limit);
        var options = WriteOptions.None with { HttpRequestId = origin.HttpRequestId };
        return writer.DeleteManyAsync(
            origin.Caller.Organization, ids, origin.Caller.AsServer, options, context.CancellationToken);
    }

    private static List<UserId> ReadUsers(string field, IReadOnlyList<string> users, int limit)
    {
        if (users.Count == 0 || users.Count > limit)
            throw ProfilesException.Invalid(field, string.Create(CultureInfo.InvariantCulture, $"must have 1–{limit} entries, yet has {users.Count}"));
        var ids = new List<UserId>(users.Count);
        for (var i = 0; i < users.Count; i++)
            ids.Add(ReadUser(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), users[i]));
        return ids;
    }

    private static UserId ReadUser(string field, string text) =>
        UserId.TryParse(text, out var user) ? user : throw ProfilesException.Invalid(field, UserId.Rule);

    private static int InRange(string field, int value, int min, int max) =>
        NumberRules.InRange(value, min, max) is { } broken ? throw ProfilesException.Invalid(field, broken) : value;
}
