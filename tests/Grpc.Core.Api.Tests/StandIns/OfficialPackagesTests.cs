using System.Text.Json;

namespace Grpc.Core.Api.Tests.StandIns;

/// <summary>
/// <c>UseOfficialGrpcPackages=true</c> builds the whole solution on the official packages. Where these cannot be had, what a
/// restore would ask for still can be seen: MSBuild writes it down without fetching anything.
/// </summary>
[TestFixture]
public class OfficialPackagesTests
{
    private static readonly string[] s_names = ["Grpc.Core.Api", "Grpc.Net.Common"];

    private readonly string _folder = Directory.CreateTempSubdirectory("standins").FullName;
    private JsonDocument _official = null!;
    private JsonDocument _standIns = null!;

    [OneTimeSetUp]
    public async Task ReadGraphs()
    {
        _official = await RestoreGraph("true");
        _standIns = await RestoreGraph("false");
    }

    [OneTimeTearDown]
    public void Clean()
    {
        _official?.Dispose();
        _standIns?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Official_packages_take_the_place_of_every_reference_to_a_stand_in()
    {
        var expected = References(_standIns, ProjectReferences);
        Assert.That(expected, Does.Contain("Grpc.Core.Api.Tests -> Grpc.Core.Api").And.Contain("Profiles.Transcoding -> Grpc.Net.Common"));
        Assert.That(References(_official, Packages), Is.EqualTo(expected.Select(reference => $"{reference} [2.85.0, 2.85.0]")));
        Assert.That(References(_official, ProjectReferences), Is.Empty);
        Assert.That(References(_standIns, Packages), Is.Empty);
    }

    [TestCase("true", 0)]
    [TestCase("false", 1)]
    public async Task A_stand_in_is_built_unless_the_official_packages_are(string official, int assemblies)
    {
        var output = Path.Combine(_folder, official);

        await MsBuild.Run(
            "src/Grpc.Core.Api/Grpc.Core.Api.csproj",
            "-t:Build",
            $"-p:UseOfficialGrpcPackages={official}",
            $"-p:OutputPath={output}/bin/",
            $"-p:IntermediateOutputPath={output}/obj/");

        var built = Directory.Exists(output) ? Directory.GetFiles($"{output}/bin", "Grpc.Core.Api.dll") : [];
        Assert.That(built, Has.Length.EqualTo(assemblies));
    }

    [Test]
    public void The_lock_files_of_the_stand_ins_stay_out_of_it()
    {
        Assert.That(LockFiles(_official), Is.Not.Empty.And.All.EndsWith("obj/packages.official.lock.json"));
        Assert.That(LockFiles(_standIns).Where(path => path.Contains("official", StringComparison.Ordinal)), Is.Empty);
    }

    private async Task<JsonDocument> RestoreGraph(string official)
    {
        var path = Path.Combine(_folder, $"graph-{official}.json");
        await MsBuild.Run(
            "Profiles.sln",
            "-t:GenerateRestoreGraphFile",
            $"-p:RestoreGraphOutputPath={path}",
            $"-p:UseOfficialGrpcPackages={official}");
        return JsonDocument.Parse(await File.ReadAllTextAsync(path));
    }

    private static IEnumerable<(string Name, JsonElement Project)> Projects(JsonDocument graph) =>
        graph.RootElement.GetProperty("projects").EnumerateObject()
            .Select(project => (Name: Path.GetFileNameWithoutExtension(project.Name), project.Value))
            .Where(project => !s_names.Contains(project.Name, StringComparer.Ordinal));

    private static List<string> References(JsonDocument graph, Func<JsonElement, IEnumerable<string>> read) =>
    [
        .. Projects(graph)
            .SelectMany(project => read(project.Project).Select(reference => $"{project.Name} -> {reference}"))
            .Where(reference => s_names.Any(name => reference.Split(' ')[2] == name))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> ProjectReferences(JsonElement project) =>
        project.GetProperty("restore").GetProperty("frameworks").EnumerateObject()
            .SelectMany(framework => framework.Value.GetProperty("projectReferences").EnumerateObject())
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Name));

    private static IEnumerable<string> Packages(JsonElement project) =>
        project.GetProperty("frameworks").EnumerateObject()
            .Where(framework => framework.Value.TryGetProperty("dependencies", out _))
            .SelectMany(framework => framework.Value.GetProperty("dependencies").EnumerateObject())
            .Select(package => $"{package.Name} {package.Value.GetProperty("version").GetString()}");

    private static List<string> LockFiles(JsonDocument graph) =>
    [
        .. Projects(graph)
            .Select(project => project.Project.GetProperty("restore").GetProperty("restoreLockProperties"))
            .Select(properties => properties.TryGetProperty("nuGetLockFilePath", out var path) ? path.GetString()! : "default"),
    ];
}
