using Npgsql;
using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Pictures;

/// <summary>The statements of <see cref="PictureSql"/> with their parameters.</summary>
internal static class PictureStatements
{
    /// <summary>Notes the use of the pictures that a write takes away and sets.</summary>
    public static void AddUse(this NpgsqlBatch batch, OrganizationId organization, ProfileWrite write) => batch.Add(
        PictureSql.Use,
        Parameters.Text(organization.Value),
        Parameters.Text(write.User.Value),
        Parameters.OptionalText(write.Patch.Picture?.Value),
        Parameters.Time(write.Context.Time));

    /// <summary>Asks what stands against the picture that a write sets, and has its request forgotten then.</summary>
    public static void AddRefusal(this NpgsqlBatch batch, OrganizationId organization, ProfileWrite write)
    {
        batch.Add(PictureSql.ReadRefusal, Question(organization, write));
        if (write.Context.Request is { } request)
            batch.Add(PictureSql.ForgetRequest, [.. Question(organization, write), Parameters.Uuid(request.Id)]);
    }

    /// <summary>Removes the pictures that only a deleted profile had.</summary>
    public static void AddRemovalOfPictures(this NpgsqlBatch batch, ProfileKey key, WriteContext context)
    {
        batch.Add(PictureSql.LockOfDeleted, Deleted(key, context));
        batch.Add(PictureSql.AbandonOfDeleted, [.. Deleted(key, context), Parameters.Time(context.Time)]);
        batch.Add(PictureSql.RemoveOfDeleted, Deleted(key, context));
    }

    private static NpgsqlParameter[] Deleted(ProfileKey key, WriteContext context) =>
        [Parameters.Text(key.Organization.Value), Parameters.Text(key.User.Value), Parameters.Uuid(context.ChangeId)];

    private static NpgsqlParameter[] Question(OrganizationId organization, ProfileWrite write) =>
    [
        Parameters.Text(organization.Value),
        Parameters.Text(write.User.Value),
        Parameters.Uuid(write.Context.ChangeId),
        Parameters.OptionalText(write.Patch.Picture?.Value),
        Parameters.Boolean(write.Context.Actor.Type == ActorType.User),
        Parameters.Time(write.Context.Time),
    ];
}
