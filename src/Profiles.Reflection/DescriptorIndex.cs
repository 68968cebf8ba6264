using System.Runtime.InteropServices;
using Google.Protobuf.Reflection;

namespace Profiles.Reflection;

/// <summary>What can be asked about: some services, the files that declare them, and all that those import. Made once.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> extensions = new(StringComparer.Ordinal);

    public DescriptorIndex(IEnumerable<ServiceDescriptor> services)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            names.Add(service.FullName);
            AddFile(service.File);
        }

        Services = [.. names];
        foreach (var file in files.Values)
            AddDeclarations(file);
    }

    /// <summary>The full names of the services, sorted.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>The file of this name, such as <c>google/protobuf/any.proto</c>.</summary>
    public FileDescriptor? FindFile(string name) => files.GetValueOrDefault(name);

    /// <summary>The file that declares the symbol of this full name.</summary>
    public FileDescriptor? FindSymbol(string name) => symbols.GetValueOrDefault(name);

    /// <summary>The file that declares an extension of a message type.</summary>
    public FileDescriptor? FindExtension(string type, int number) =>
        extensions.GetValueOrDefault(type)?.GetValueOrDefault(number);

    /// <summary>The numbers of a message type's extensions, sorted; null when there is no such type.</summary>
    public IReadOnlyCollection<int>? FindExtensionNumbers(string type) => extensions.GetValueOrDefault(type)?.Keys;

    // Two assemblies may have generated the same file: the first one counts, everywhere.
    private void AddFile(FileDescriptor file)
    {
        if (!files.TryAdd(file.Name, file))
            return;
        foreach (var import in file.Dependencies)
            AddFile(import);
    }

    private void AddDeclarations(FileDescriptor file)
    {
        var declared = file.ToProto();
        foreach (var name in SymbolNames.Of(declared))
            symbols.TryAdd(name, file);
        foreach (var type in SymbolNames.OfMessages(declared))
            ExtensionsOf(type);
        foreach (var extension in SymbolNames.ExtensionsOf(declared))
            ExtensionsOf(extension.Extendee.TrimStart('.')).TryAdd(extension.Number, file);
    }

    private SortedDictionary<int, FileDescriptor> ExtensionsOf(string type) =>
        CollectionsMarshal.GetValueRefOrAddDefault(extensions, type, out _) ??= [];
}
