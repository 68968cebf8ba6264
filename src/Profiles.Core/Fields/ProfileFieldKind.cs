namespace Profiles.Core.Fields;

/// <summary>What kind of value a field holds.</summary>
public enum ProfileFieldKind
{
    /// <summary>A <see cref="string"/>; never empty.</summary>
    Text,

    /// <summary>An <see cref="int"/>.</summary>
    Number,

    /// <summary>A <see cref="bool"/>; false is the same as not set.</summary>
    Flag,

    /// <summary>An <see cref="Fields.ObjectReference"/>.</summary>
    ObjectReference,

    /// <summary>A map of text by key.</summary>
    Attributes,
}
