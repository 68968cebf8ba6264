using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Grpc.Core.Api.Tests.Surface;

/// <summary>Finds what an assembly takes from Grpc.Core.Api and Grpc.Net.Common and does not get.</summary>
internal static class SurfaceCheck
{
    public static readonly string[] Providers = ["Grpc.Core.Api", "Grpc.Net.Common"];

    public static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");

    public static HashSet<string> Referenced(string assembly)
    {
        using var file = new PEReader(File.OpenRead(PathOf(assembly)));
        return Referenced(file.GetMetadataReader());
    }

    public static HashSet<string> Referenced(MetadataReader reader) =>
        new ReferencedSymbols(reader, Providers).Read().ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<string> Missing(IEnumerable<string> referenced, string user) =>
        referenced.Except(Providers.SelectMany(provider => Defined(provider, user)), StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static List<string> Defined(string assembly, string user)
    {
        using var file = new PEReader(File.OpenRead(PathOf(assembly)));
        return [.. new DefinedSymbols(file.GetMetadataReader(), user).Read()];
    }
}
