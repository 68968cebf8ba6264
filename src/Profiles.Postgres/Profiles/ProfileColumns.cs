using Profiles.Core.Fields;

namespace Profiles.Postgres.Profiles;

/// <summary>The columns of all fields, for the statements that read or empty whole records.</summary>
internal static class ProfileColumns
{
    /// <summary>Their names.</summary>
    public static readonly string Names = FieldExpressions.Join(ProfileFields.All, ", ", field => field.Name);

    /// <summary>Assignments that empty every field.</summary>
    public static readonly string Erasures = FieldExpressions.Join(ProfileFields.All, ", ", field => $"{field.Name} = DEFAULT");
}
