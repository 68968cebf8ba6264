using System.Globalization;
using System.Reflection;

namespace Profiles.Postgres.Migrations;

/// <summary>One numbered step of the schema: a file <c>NNNN_title.sql</c> in this folder.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    private const string Extension = ".sql";

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<Migration> All { get; } = ReadAll();

    private static List<Migration> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))
            .ToList();
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[..^Extension.Length];
        var number = name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal));
        return new Migration(int.Parse(number, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
