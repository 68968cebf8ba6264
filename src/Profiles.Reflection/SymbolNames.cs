using Google.Protobuf.Reflection;

namespace Profiles.Reflection;

/// <summary>The full names of all that a file declares, as the Protobuf language scopes them.</summary>
internal static class SymbolNames
{
    public static IEnumerable<string> Of(FileDescriptorProto file) =>
    [
        .. file.MessageType.SelectMany(message => OfMessage(file.Package, message)),
        .. file.EnumType.SelectMany(type => OfEnum(file.Package, type)),
        .. file.Extension.Select(extension => Join(file.Package, extension.Name)),
        .. file.Service.SelectMany(service => OfService(file.Package, service)),
    ];

    /// <summary>The extensions that a file declares, in whatever scope.</summary>
    public static IEnumerable<FieldDescriptorProto> ExtensionsOf(FileDescriptorProto file) =>
        [.. file.Extension, .. file.MessageType.SelectMany(ExtensionsOf)];

    /// <summary>The full names of the messages of a file, nested ones included.</summary>
    public static IEnumerable<string> OfMessages(FileDescriptorProto file) =>
        file.MessageType.SelectMany(message => OfMessages(file.Package, message));

    private static IEnumerable<FieldDescriptorProto> ExtensionsOf(DescriptorProto message) =>
        [.. message.Extension, .. message.NestedType.SelectMany(ExtensionsOf)];

    private static IEnumerable<string> OfMessages(string scope, DescriptorProto message)
    {
        var name = Join(scope, message.Name);
        return [name, .. message.NestedType.SelectMany(nested => OfMessages(name, nested))];
    }

    private static IEnumerable<string> OfMessage(string scope, DescriptorProto message)
    {
        var name = Join(scope, message.Name);
        return
        [
            name,
            .. message.Field.Select(field => Join(name, field.Name)),
            .. message.OneofDecl.Select(oneof => Join(name, oneof.Name)),
            .. message.Extension.Select(extension => Join(name, extension.Name)),
            .. message.EnumType.SelectMany(type => OfEnum(name, type)),
            .. message.NestedType.SelectMany(nested => OfMessage(name, nested)),
        ];
    }

    // The values of an enum are its siblings, as in C++.
    private static IEnumerable<string> OfEnum(string scope, EnumDescriptorProto type) =>
        [Join(scope, type.Name), .. type.Value.Select(value => Join(scope, value.Name))];

    private static IEnumerable<string> OfService(string scope, ServiceDescriptorProto service)
    {
        var name = Join(scope, service.Name);
        return [name, .. service.Method.Select(method => Join(name, method.Name))];
    }

    private static string Join(string scope, string name) => scope.Length == 0 ? name : $"{scope}.{name}";
}
