using Google.Protobuf.Reflection;

namespace Profiles.OpenApi;

/// <summary>
/// The comments of .proto files, by the full name of what they stand at. A value of an enum goes by the name of its enum,
/// <c>package.Enum.VALUE</c>.
/// </summary>
internal sealed class ProtoComments
{
    private readonly Dictionary<string, string> comments = new(StringComparer.Ordinal);

    public ProtoComments(IEnumerable<FileDescriptorSet> sets)
    {
        foreach (var file in sets.SelectMany(set => set.File))
            AddFile(file);
    }

    public string Of(IDescriptor descriptor) => Of(descriptor.FullName);

    public string Of(EnumValueDescriptor value) => Of($"{value.EnumDescriptor.FullName}.{value.Name}");

    private string Of(string name) => comments.GetValueOrDefault(name, string.Empty);

    private void AddFile(FileDescriptorProto file)
    {
        foreach (var location in file.SourceCodeInfo?.Location ?? [])
        {
            var text = CommentText.Clean(location.HasLeadingComments ? location.LeadingComments : location.TrailingComments);
            if (text.Length > 0 && NameOf(file, [.. location.Path]) is { } name)
                comments.TryAdd(file.Package.Length > 0 ? $"{file.Package}.{name}" : name, text);
        }
    }

    // The path names fields of descriptor.proto and places in them (see SourceCodeInfo.Location there).
    private static string? NameOf(FileDescriptorProto file, ReadOnlySpan<int> path) => path switch
    {
        [FileDescriptorProto.MessageTypeFieldNumber, var at, .. var rest] => NameOf(file.MessageType[at], rest),
        [FileDescriptorProto.EnumTypeFieldNumber, var at, .. var rest] => NameOf(file.EnumType[at], rest),
        [FileDescriptorProto.ServiceFieldNumber, var at, .. var rest] => NameOf(file.Service[at], rest),
        _ => null,
    };

    private static string? NameOf(DescriptorProto message, ReadOnlySpan<int> path)
    {
        var inner = path switch
        {
            [] => string.Empty,
            [DescriptorProto.FieldFieldNumber, var at] => message.Field[at].Name,
            [DescriptorProto.OneofDeclFieldNumber, var at] => message.OneofDecl[at].Name,
            [DescriptorProto.NestedTypeFieldNumber, var at, .. var rest] => NameOf(message.NestedType[at], rest),
            [DescriptorProto.EnumTypeFieldNumber, var at, .. var rest] => NameOf(message.EnumType[at], rest),
            _ => null,
        };
        return Within(message.Name, inner);
    }

    private static string? NameOf(EnumDescriptorProto type, ReadOnlySpan<int> path) => Within(type.Name, path switch
    {
        [] => string.Empty,
        [EnumDescriptorProto.ValueFieldNumber, var at] => type.Value[at].Name,
        _ => null,
    });

    private static string? NameOf(ServiceDescriptorProto service, ReadOnlySpan<int> path) => Within(service.Name, path switch
    {
        [] => string.Empty,
        [ServiceDescriptorProto.MethodFieldNumber, var at] => service.Method[at].Name,
        _ => null,
    });

    private static string? Within(string outer, string? inner) => inner switch
    {
        null => null,
        "" => outer,
        _ => $"{outer}.{inner}",
    };
}
