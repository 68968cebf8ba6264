using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;
using Profiles.Core.Usernames;

namespace Profiles.Postgres.Usernames;

/// <summary>
/// The conditions that statements about usernames share. In all of them <c>$1</c> is the organization and <c>k</c> a wish for a name:
/// <c>user_id</c>, <c>name_key</c> (null for a name that breaks a rule), <c>small_look</c>, <c>capital_look</c>, <c>skeleton</c>,
/// <c>limited</c> (whether renames are counted) and <c>time</c>. Each looks rows up by a whole key, as those of writes do.
/// </summary>
internal static class UsernameConditions
{
    /// <summary>The bit of the username in a set of changed fields.</summary>
    public static readonly string Bit = ProfileFieldSet.Bit(ProfileField.PreferredUsername).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The organization's rules, as a row: <c>is_unique</c>, <c>look_alikes</c>, <c>renames</c>, <c>hold</c> and <c>generation</c>. They
    /// are read where they are stored, so that no server decides by old ones.
    /// </summary>
    public static readonly string Settings =
        $"""
        (SELECT
            coalesce((o.settings ->> '{NameOf(OrganizationSetting.UsernamesUnique)}')::boolean, true) AS is_unique,
            CASE o.settings ->> '{NameOf(OrganizationSetting.UsernamesLookalikes)}'
                WHEN '{LookAlikePolicy.Off}' THEN 1 WHEN '{LookAlikePolicy.Strict}' THEN 3 ELSE 2 END AS look_alikes,
            coalesce((o.settings ->> '{NameOf(OrganizationSetting.UsernamesRenamesPerDay)}')::integer, {UsernameSettings.DefaultRenamesPerDay}) AS renames,
            make_interval(secs => coalesce((o.settings ->> '{NameOf(OrganizationSetting.UsernamesHold)}')::bigint,
                {(long)UsernameSettings.DefaultHold.TotalSeconds})) AS hold,
            coalesce(o.denylist_generation, 0) AS generation
        FROM (SELECT $1::text AS id) i LEFT JOIN organizations o ON o.organization_id = i.id)
        """;

    /// <summary>The number of a <see cref="UsernameRefusalKind"/>; 0 when the user may have the name.</summary>
    public static readonly string Refusal =
        $"""
        (SELECT CASE
            WHEN k.name_key IS NULL THEN {(int)UsernameRefusalKind.Invalid}
            WHEN {TooManyRenames} THEN {(int)UsernameRefusalKind.TooManyRenames}
            WHEN NOT s.is_unique THEN 0
            WHEN {Denied} THEN {(int)UsernameRefusalKind.Denied}
            WHEN EXISTS ({NameOfKey} AND u.owner_id <> k.user_id) THEN {(int)UsernameRefusalKind.Taken}
            WHEN EXISTS ({NameOfKey} AND {KeptForAnother}) THEN {(int)UsernameRefusalKind.Held}
            WHEN s.look_alikes >= 2 AND ({LooksTaken("small_look")} OR {LooksTaken("capital_look")})
                THEN {(int)UsernameRefusalKind.LooksTaken}
            WHEN s.look_alikes >= 3 AND {LooksTaken("skeleton")} THEN {(int)UsernameRefusalKind.LooksTaken}
            ELSE 0 END
        FROM {Settings} s)
        """;

    /// <summary>When a user with too many renames may make another one; null when nothing is known of it.</summary>
    public static readonly string RetryAfter =
        $"""
        (SELECT c.changed_at + interval '24 hours' - k.time
        FROM profile_changes c
        WHERE {IsRename}
        ORDER BY c.revision DESC
        OFFSET greatest((SELECT s.renames FROM {Settings} s) - 1, 0) LIMIT 1)
        """;

    /// <summary>
    /// Whether a row stops claims, <c>s</c> being the settings: it is denied, or it is part of a denylist that is being written.
    /// </summary>
    public const string IsDenied =
        "u.denied_since IS NOT NULL AND (u.denied_before IS NULL OR s.generation < u.denied_before)";

    /// <summary>Whether <c>u</c> is a user's name that nobody else's may look like.</summary>
    public static string IsAlone(string look) => $"u.owner_id IS NOT NULL AND u.look_alikes >= {PolicyOf(look)}";

    /// <summary>Whether <c>u</c> is a user's name that was taken while others could look like it.</summary>
    public static string IsNotAlone(string look) => $"u.owner_id IS NOT NULL AND u.look_alikes < {PolicyOf(look)}";

    /// <summary>Whether the name, or one that it looks like, is denied, <c>s</c> being the settings.</summary>
    public static string Denied =>
        $"""
        (EXISTS ({Names($"u.key = k.name_key AND {IsDenied}")})
            OR s.look_alikes >= 2 AND ({LooksDenied("small_look")} OR {LooksDenied("capital_look")})
            OR s.look_alikes >= 3 AND {LooksDenied("skeleton")})
        """;

    // Kept apart by OFFSET 0: by the conditions on owners, indexes of owners would be thought of.
    private const string NameOfKey =
        "SELECT FROM (SELECT n.owner_id, n.kept_for, n.kept_until FROM usernames n WHERE n.organization_id = $1 AND n.key = k.name_key OFFSET 0) u WHERE true";

    private const string KeptForAnother = "u.kept_for <> k.user_id AND u.kept_until > k.time";

    // The first name that a user ever had is no rename, and what others do to it is none of the user's.
    private static string IsRename =>
        $"""
        c.organization_id = $1 AND c.user_id = k.user_id AND c.changed_fields & {Bit} <> 0
            AND c.actor_type = 1 AND c.changed_at > k.time - interval '24 hours'
            AND c.revision > (SELECT min(f.revision) FROM profile_changes f WHERE {IsNameChange("f")})
        """;

    private static string TooManyRenames =>
        $"""
        k.limited AND EXISTS (SELECT FROM profile_changes f WHERE {IsNameChange("f")})
            AND (SELECT count(*) FROM profile_changes c WHERE {IsRename}) >= s.renames
        """;

    private static string IsNameChange(string alias) =>
        $"{alias}.organization_id = $1 AND {alias}.user_id = k.user_id AND {alias}.changed_fields & {Bit} <> 0";

    private static string Names(string condition) => $"SELECT FROM usernames u WHERE u.organization_id = $1 AND {condition}";

    private static string LooksDenied(string look) =>
        $"""
        (EXISTS ({Names($"u.key = k.{look} AND u.{look} = u.key AND {IsDenied}")})
            OR EXISTS ({Names($"u.denied_since IS NOT NULL AND u.{look} <> u.key AND u.{look} = k.{look} AND {IsDenied}")}))
        """;

    private static string LooksTaken(string look) =>
        $"""
        (EXISTS ({Names($"u.{look} = k.{look} AND {IsAlone(look)} AND u.owner_id <> k.user_id")})
            OR EXISTS ({Names($"u.{look} = k.{look} AND {IsNotAlone(look)} AND u.owner_id <> k.user_id")})
            OR EXISTS ({Names($"u.{look} = k.{look} AND u.kept_for IS NOT NULL AND {KeptForAnother}")}))
        """;

    private static int PolicyOf(string look) => look == "skeleton" ? (int)LookAlikePolicy.Strict : (int)LookAlikePolicy.MixedScript;

    private static string NameOf(OrganizationSetting setting) => OrganizationSettingTable.Get(setting).Name;
}
