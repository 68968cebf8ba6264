using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;

namespace Profiles.Postgres.Pictures;

/// <summary>
/// The conditions that statements about own pictures share. In all of them <c>$1</c> is the organization and <c>k</c> a wish for a
/// picture: <c>user_id</c>, <c>picture_id</c> (null for none), <c>limited</c> (whether changes are counted) and <c>time</c>.
/// </summary>
internal static class PictureConditions
{
    /// <summary>The number of <see cref="Refusal"/> when the user has changed the picture too often.</summary>
    public const int TooManyChanges = 1;

    /// <summary>The number of <see cref="Refusal"/> when there is no such picture.</summary>
    public const int Missing = 2;

    private const int DefaultChangesPerDay = 10;

    private static readonly string Bit = ProfileFieldSet.Bit(ProfileField.Picture).ToString(CultureInfo.InvariantCulture);

    /// <summary>How many changes the organization allows in 24 hours, read where it is stored.</summary>
    public static readonly string ChangesPerDay =
        $"""
        (SELECT coalesce((SELECT (o.settings ->> '{OrganizationSettingTable.Get(OrganizationSetting.PicturesChangesPerDay).Name}')::integer
            FROM organizations o WHERE o.organization_id = $1), {DefaultChangesPerDay}))
        """;

    /// <summary>When a user with too many changes may make another one; null for never.</summary>
    public static readonly string NextAllowed =
        $"""
        (SELECT c.changed_at + interval '24 hours'
        FROM profile_changes c
        WHERE {IsChange}
        ORDER BY c.revision DESC
        OFFSET greatest({ChangesPerDay} - 1, 0) LIMIT 1)
        """;

    /// <summary>Whether a user has no change left. What others do to the picture is none of the user's.</summary>
    public static readonly string IsUsedUp =
        $"k.limited AND (SELECT count(*) FROM profile_changes c WHERE {IsChange}) >= {ChangesPerDay}";

    private static string IsChange =>
        $"""
        c.organization_id = $1 AND c.user_id = k.user_id AND c.changed_fields & {Bit} <> 0 AND c.actor_type = 1
            AND c.changed_at > k.time - interval '24 hours' AND starts_with(c.patch ->> 'picture', 'picture:')
        """;

    /// <summary>What stands against the picture; 0 for nothing. A profile that has it already may keep it.</summary>
    /// <param name="profile">The profile, as an alias of its row.</param>
    public static string Refusal(string profile) =>
        $"""
        (CASE
            WHEN k.picture_id IS NULL OR NOT {profile}.deleted AND coalesce({profile}.picture = 'picture:' || k.picture_id, false) THEN 0
            WHEN NOT EXISTS (SELECT FROM pictures i WHERE i.organization_id = $1 AND i.picture_id = k.picture_id) THEN {Missing}
            WHEN {IsUsedUp} THEN {TooManyChanges}
            ELSE 0 END)
        """;
}
