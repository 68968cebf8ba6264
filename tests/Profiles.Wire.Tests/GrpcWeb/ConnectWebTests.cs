using System.Diagnostics;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Wire.Tests.V1;

namespace Profiles.Wire.Tests.GrpcWeb;

/// <summary>The client of browsers, connect-web, calls the service, whatever pieces its answers come in.</summary>
public class ConnectWebTests
{
    private const int DataLoss = 15;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private WireApp? app;

    [OneTimeSetUp]
    public async Task Start() => app = await WireApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app!.DisposeAsync();

    [Test]
    public async Task Answers_are_read_in_pieces_of_any_size()
    {
        var descriptors = Path.Combine(TestContext.CurrentContext.WorkDirectory, "compliance.binpb");
        await File.WriteAllBytesAsync(descriptors, DescriptorSet(ComplianceReflection.Descriptor).ToByteArray());
        var output = await RunAsync("node", "tests/Profiles.Wire.Tests/GrpcWeb/connect-web.mjs", app!.Http.ToString(), descriptors);

        var seen = JsonNode.Parse(output)!.AsArray();
        Assert.That(seen, Has.Count.EqualTo(8));
        foreach (var run in seen)
            AssertSeen(run!);
    }

    /// <summary>A file after all that it imports.</summary>
    private static FileDescriptorSet DescriptorSet(FileDescriptor file)
    {
        var set = new FileDescriptorSet();
        Add(file, []);
        return set;

        void Add(FileDescriptor each, HashSet<string> added)
        {
            if (!added.Add(each.Name))
                return;
            foreach (var import in each.Dependencies)
                Add(import, added);
            var proto = FileDescriptorProto.Parser.ParseFrom(each.SerializedData);
            foreach (var message in proto.MessageType)
                NameForJson(message);
            set.File.Add(proto);
        }
    }

    // The compiler leaves the JSON names out of generated C#.
    private static void NameForJson(DescriptorProto message)
    {
        foreach (var field in message.Field)
            field.JsonName = string.Concat(field.Name.Split('_').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
        foreach (var nested in message.NestedType)
            NameForJson(nested);
    }

    private static void AssertSeen(JsonNode run)
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(run["unary"]!["request"]!.ToJsonString(), Is.EqualTo(JsonNode.Parse(
            """{"name":"ä€😀","data":{"flag":true,"int64Value":"-9223372036854775808","texts":["a",""]}}""")!.ToJsonString()), $"{run["size"]}");
        Assert.That(run["streamed"]!.AsArray().Select(message => message!["request"]!["name"]!.GetValue<string>()), Is.EqualTo(Enumerable.Repeat("ä€😀", 3)));
        foreach (var failure in new[] { run["unaryFailure"]!, run["streamFailure"]! })
        {
            Assert.That(failure["code"]!.GetValue<int>(), Is.EqualTo(DataLoss));
            Assert.That(failure["message"]!.GetValue<string>(), Is.EqualTo("half: 100 % ä"));
            Assert.That(failure["details"]!.ToJsonString(), Is.EqualTo("""["google.protobuf.Empty"]"""));
            Assert.That(failure["told"]!.GetValue<string>(), Is.EqualTo("told"));
        }

        Assert.That(run["received"]!.GetValue<int>(), Is.EqualTo(2));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Top(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(patience);
        Assert.That(process.ExitCode, Is.Zero, await error);
        return await output;
    }

    private static string Top()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Profiles.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
