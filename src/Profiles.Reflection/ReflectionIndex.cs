using Google.Protobuf.Reflection;

namespace Profiles.Reflection;

/// <summary>The files behind some services, with all that they import, by everything that they declare. Made once.</summary>
internal sealed class ReflectionIndex
{
    private readonly Dictionary<string, FileDescriptor> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, FileDescriptor>> extensions = new(StringComparer.Ordinal);

    public ReflectionIndex(IEnumerable<ServiceDescriptor> services)
    {
        Services = [.. services.DistinctBy(service => service.FullName).OrderBy(service => service.FullName, StringComparer.Ordinal)];
        foreach (var service in Services)
            Add(service.File);
    }

    public IReadOnlyList<ServiceDescriptor> Services { get; }

    public FileDescriptor? FindFile(string name) => files.GetValueOrDefault(name);

    public FileDescriptor? FindSymbol(string fullName) => symbols.GetValueOrDefault(fullName);

    public FileDescriptor? FindExtension(string type, int number) => extensions.GetValueOrDefault(type)?.GetValueOrDefault(number);

    /// <summary>The numbers of a message's extensions; null when there is no such message.</summary>
    public IEnumerable<int>? ExtensionNumbers(string type) =>
        extensions.TryGetValue(type, out var found) ? found.Keys : symbols.ContainsKey(type) ? [] : null;

    private void Add(FileDescriptor file)
    {
        if (!files.TryAdd(file.Name, file))
            return;
        foreach (var import in file.Dependencies)
            Add(import);
        foreach (var message in file.MessageTypes)
            Add(message);
        foreach (var type in file.EnumTypes)
            Add(type);
        foreach (var service in file.Services)
            Add(service);
        Add(file, file.Extensions);
    }

    private void Add(MessageDescriptor message)
    {
        symbols[message.FullName] = message.File;
        foreach (var field in message.Fields.InDeclarationOrder())
            symbols[field.FullName] = message.File;
        foreach (var oneof in message.Oneofs)
            symbols[oneof.FullName] = message.File;
        foreach (var nested in message.NestedTypes)
            Add(nested);
        foreach (var type in message.EnumTypes)
            Add(type);
        Add(message.File, message.Extensions);
    }

    // The values of an enum are named beside it, not in it, whatever the descriptors of C# say.
    private void Add(EnumDescriptor type)
    {
        symbols[type.FullName] = type.File;
        var scope = type.FullName[..^type.Name.Length];
        foreach (var value in type.Values)
            symbols[scope + value.Name] = type.File;
    }

    private void Add(ServiceDescriptor service)
    {
        symbols[service.FullName] = service.File;
        foreach (var method in service.Methods)
            symbols[method.FullName] = service.File;
    }

    private void Add(FileDescriptor file, ExtensionCollection declared)
    {
        foreach (var extension in declared.UnorderedExtensions)
        {
            symbols[extension.FullName] = file;
            var type = extension.ExtendeeType.FullName;
            if (!extensions.TryGetValue(type, out var numbers))
                extensions[type] = numbers = [];
            numbers[extension.FieldNumber] = file;
        }
    }
}
