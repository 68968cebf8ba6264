using System.Reflection;
using System.Reflection.Metadata;

namespace Grpc.Core.Api.Tests.Surface;

/// <summary>What an assembly offers to another one: what is public or protected, and what is internal if the other is its friend.</summary>
internal sealed class DefinedSymbols(MetadataReader reader, string user)
{
    private readonly SignatureNames _names = new(reader);
    private readonly string _assembly = reader.GetString(reader.GetAssemblyDefinition().Name);

    public IEnumerable<string> Read()
    {
        var friend = Friends().Contains(user, StringComparer.Ordinal);
        return reader.TypeDefinitions.Where(type => Offers(type, friend)).SelectMany(type => Describe(type, friend));
    }

    private IEnumerable<string> Describe(TypeDefinitionHandle handle, bool friend)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = _names.Name(handle);
        yield return Symbols.Type(_assembly, name);

        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition).Where(field => Offers(field.Attributes, friend)))
            yield return Symbols.Field(_assembly, name, reader.GetString(field.Name), field.DecodeSignature(_names, null));

        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(method => Offers(method.Attributes, friend)))
            yield return Symbols.Method(_assembly, name, reader.GetString(method.Name), method.DecodeSignature(_names, null));
    }

    private bool Offers(TypeDefinitionHandle handle, bool friend)
    {
        var type = reader.GetTypeDefinition(handle);
        var offered = (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => true,
            TypeAttributes.NestedPrivate => false,
            _ => friend,
        };
        return offered && (!type.IsNested || Offers(type.GetDeclaringType(), friend));
    }

    // The access bits of fields have the same values.
    private static bool Offers(FieldAttributes attributes, bool friend) => Offers((MethodAttributes)attributes, friend);

    private static bool Offers(MethodAttributes attributes, bool friend) => (attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem => true,
        MethodAttributes.Assembly or MethodAttributes.FamANDAssem => friend,
        _ => false,
    };

    private IEnumerable<string> Friends() =>
        from handle in reader.GetAssemblyDefinition().GetCustomAttributes()
        let attribute = reader.GetCustomAttribute(handle)
        where IsInternalsVisibleTo(attribute)
        select FriendName(attribute);

    private bool IsInternalsVisibleTo(CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
        && _names.Name((TypeReferenceHandle)type) == "System.Runtime.CompilerServices.InternalsVisibleToAttribute";

    private string FriendName(CustomAttribute attribute)
    {
        var value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        return new AssemblyName(value.ReadSerializedString()!).Name!;
    }
}
