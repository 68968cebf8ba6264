using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Storage;

namespace Profiles.Postgres.Profiles;

/// <summary>What a write needs, by what it asks for.</summary>
internal static class WriteKinds
{
    /// <summary>
    /// Whether a write depends on nothing but its own row, and so shares its statements with others of its kind: those that claim
    /// nothing, demand nothing of what is stored, and remove no attribute.
    /// </summary>
    public static bool IsPlain(this ProfileWrite write) =>
        write.Context is { Request: null, Precondition: { MayCreate: true, MayRevive: true, KeepEmail: false, Revisions: null } }
        && !write.ChangesName()
        && !write.Patch.Fields.Contains(ProfileField.Picture)
        && write.Patch.Attributes?.Entries.Values.Contains(null) is not true;

    /// <summary>Whether it gives a username or takes one away. All others pay nothing for there being usernames.</summary>
    public static bool ChangesName(this ProfileWrite write) => write.Patch.Fields.Contains(ProfileField.PreferredUsername);

    /// <summary>Whether it gives a username.</summary>
    public static bool Claims(this ProfileWrite write) => write.Patch.Username is not null;

    /// <summary>Whether it gives an own picture. Whether it may, only the database can tell.</summary>
    public static bool SetsPicture(this ProfileWrite write) => write.Patch.Picture is not null;

    /// <summary>Whether it can be refused for more than its preconditions.</summary>
    public static bool IsGuarded(this ProfileWrite write) => write.Claims() || write.SetsPicture();

    /// <summary>All fields that some writes name.</summary>
    public static ProfileFieldSet NamedFields(this IEnumerable<ProfileWrite> writes) =>
        new(writes.Aggregate(0L, (bits, write) => bits | write.Patch.Fields.Bits));

    /// <summary>The fields to which a patch gives a value.</summary>
    public static long FieldsWithValue(this ProfilePatch patch)
    {
        var bits = 0L;
        foreach (var field in patch.Fields.Enumerate())
        {
            var hasValue = field == ProfileField.Attributes
                ? patch.Attributes!.Entries.Values.Any(value => value is not null)
                : patch[field] is not null;
            if (hasValue)
                bits |= ProfileFieldSet.Bit(field);
        }

        return bits;
    }
}
