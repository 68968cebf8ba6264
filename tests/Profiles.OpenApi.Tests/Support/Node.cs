using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Profiles.OpenApi.Tests.Support;

/// <summary>Validators of other makers, which run in Node.js.</summary>
internal static class Node
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What is wrong with a document, or with JSON that should be of a schema in it. Nothing, if all is well.</summary>
    public static async Task<string> CheckAsync(JsonObject document, params IEnumerable<(string Schema, JsonNode? Value)> samples)
    {
        var input = new JsonObject
        {
            ["document"] = document.DeepClone(),
            ["samples"] = new JsonArray([.. samples.Select(sample => new JsonObject { ["schema"] = sample.Schema, ["value"] = sample.Value?.DeepClone() })]),
        };
        using var process = Process.Start(new ProcessStartInfo("node", ["check-document.mjs"])
        {
            WorkingDirectory = Folder(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input.ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return $"{await output}{await error}".Trim();
    }

    // …/tests/Profiles.OpenApi.Tests/bin/<configuration>/net10.0
    private static string Folder() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.FullName;
}
