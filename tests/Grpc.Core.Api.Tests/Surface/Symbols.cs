using System.Reflection.Metadata;

namespace Grpc.Core.Api.Tests.Surface;

/// <summary>Types and members as lines of text: "[assembly] type" and "[assembly] type::member signature".</summary>
internal static class Symbols
{
    public static string Type(string assembly, string type) => $"[{assembly}] {type}";

    public static string Field(string assembly, string type, string name, string fieldType) =>
        $"[{assembly}] {type}::{name} : {fieldType}";

    public static string Method(string assembly, string type, string name, MethodSignature<string> signature)
    {
        var kind = signature.Header.IsInstance ? "" : "static ";
        var arity = signature.GenericParameterCount == 0 ? "" : $"``{signature.GenericParameterCount}";
        return $"[{assembly}] {kind}{type}::{name}{arity}({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}";
    }
}
