using Google.Protobuf.Reflection;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Schemas;

/// <summary>The form in which messages are written: by the options of a service, and by the kind of request.</summary>
/// <param name="ProtoNames">Fields go by their names in the .proto file.</param>
/// <param name="EnumNumbers">Enums are numbers.</param>
/// <param name="IsPatch">The keys that are present say what to change, and null clears: nothing is required.</param>
internal sealed record SchemaForm(bool ProtoNames, bool EnumNumbers, bool IsPatch = false)
{
    public static SchemaForm Of(JsonTranscodingOptions options) => new(options.UseProtoFieldNames, options.WriteEnumsAsNumbers);

    public string NameOf(FieldDescriptor field) => ProtoNames ? field.Name : field.JsonName;

    public string NameOf(IEnumerable<FieldDescriptor> path) => string.Join('.', path.Select(NameOf));

    /// <summary>What tells the schema of this form from others of the same type.</summary>
    public string Suffix => $"{(IsPatch ? ".Patch" : "")}{(ProtoNames ? ".ProtoNames" : "")}{(EnumNumbers ? ".EnumNumbers" : "")}";
}
