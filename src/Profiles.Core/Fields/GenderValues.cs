namespace Profiles.Core.Fields;

/// <summary>The values of <see cref="ProfileField.Gender"/>. OpenID Connect defines the first two.</summary>
public static class GenderValues
{
    /// <summary>Female.</summary>
    public const string Female = "female";

    /// <summary>Male.</summary>
    public const string Male = "male";

    /// <summary>Neither of the two.</summary>
    public const string Diverse = "diverse";
}
