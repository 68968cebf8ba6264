using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json;

/// <summary>How <see cref="ProtoJson"/> reads and writes. Immutable; the defaults are those of the ProtoJSON specification.</summary>
public sealed record ProtoJsonOptions
{
    /// <summary>The defaults: unknown fields refused, defaults omitted, JSON names, enum names.</summary>
    public static ProtoJsonOptions Default { get; } = new();

    /// <summary>
    /// <see langword="false"/> (default): a property that names no field is an error, so a misspelt name is never lost in
    /// silence. <see langword="true"/>: such properties, and unknown enum names, are skipped.
    /// </summary>
    public bool IgnoreUnknownFields { get; init; }

    /// <summary>
    /// <see langword="false"/> (default): a field without presence that has its default value is left out.
    /// <see langword="true"/>: it is written, as are empty lists and maps. Unset messages and unset optional fields never are.
    /// </summary>
    public bool WriteDefaultValues { get; init; }

    /// <summary><see langword="true"/>: names are written as in the .proto file; default: as lowerCamelCase. Both are read always.</summary>
    public bool UseProtoFieldNames { get; init; }

    /// <summary><see langword="true"/>: enums are written as numbers; default: as names. Both are read always.</summary>
    public bool WriteEnumsAsNumbers { get; init; }

    /// <summary>How many objects and arrays may be nested in what is read (default 64). More is an error.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How many properties and array elements one text may have in all (default 100,000). More is an error.</summary>
    public int MaxElements { get; init; } = 100_000;

    /// <summary>The message types that a <c>google.protobuf.Any</c> may hold (default: none). Others are an error both ways.</summary>
    public TypeRegistry TypeRegistry { get; init; } = TypeRegistry.Empty;
}
