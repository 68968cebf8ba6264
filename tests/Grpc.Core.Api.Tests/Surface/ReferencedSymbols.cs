using System.Reflection.Metadata;

namespace Grpc.Core.Api.Tests.Surface;

/// <summary>What an assembly takes from others, read from its metadata without loading it.</summary>
internal sealed class ReferencedSymbols(MetadataReader reader, params string[] assemblies)
{
    private readonly SignatureNames _names = new(reader);

    public IEnumerable<string> Read() => Types().Concat(Members());

    private IEnumerable<string> Types() =>
        from handle in reader.TypeReferences
        let assembly = AssemblyOf(handle)
        where assembly is not null
        select Symbols.Type(assembly, _names.Name(handle));

    private IEnumerable<string> Members() =>
        from handle in reader.MemberReferences
        let member = reader.GetMemberReference(handle)
        let type = TypeOf(member.Parent)
        where type is not null
        let assembly = AssemblyOf(type.Value)
        where assembly is not null
        select Describe(assembly, _names.Name(type.Value), member);

    private string Describe(string assembly, string type, MemberReference member)
    {
        var name = reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Field
            ? Symbols.Field(assembly, type, name, member.DecodeFieldSignature(_names, null))
            : Symbols.Method(assembly, type, name, member.DecodeMethodSignature(_names, null));
    }

    private TypeReferenceHandle? TypeOf(EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => (TypeReferenceHandle)parent,
        HandleKind.TypeSpecification => GenericTypeOf((TypeSpecificationHandle)parent),
        _ => null,
    };

    private TypeReferenceHandle? GenericTypeOf(TypeSpecificationHandle handle)
    {
        var signature = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;

        signature.ReadSignatureTypeCode();
        var type = signature.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private string? AssemblyOf(TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        if (scope.Kind == HandleKind.TypeReference)
            return AssemblyOf((TypeReferenceHandle)scope);
        if (scope.Kind != HandleKind.AssemblyReference)
            return null;

        var name = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        return assemblies.Contains(name, StringComparer.Ordinal) ? name : null;
    }
}
