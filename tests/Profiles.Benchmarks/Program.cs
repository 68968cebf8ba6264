using System.Globalization;
using Profiles.Benchmarks;
using Profiles.Benchmarks.Json;
using Profiles.EndToEnd.Tests.Harness;

// json: measures the reading and writing of JSON alone.
if (args is ["json"])
{
    JsonMeasurement.Run();
    return;
}

// Measures the real server from this separate process, over loopback, and prints a Markdown table.
const int users = 1_000;
var callers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 64;
var duration = TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5);

using var data = new DataFolder();
await using var server = await ServerProcess.StartAsync(data.Settings);
using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
using var target = new Target(server, mint.Mint("demo", "backend", "profiles.read", "profiles.write"));
await target.CreateUsersAsync(users);

Console.WriteLine($"{callers} callers, each with one request in flight, {duration.TotalSeconds:0} s each, {users} users\n");
Console.WriteLine("| operation | requests/s | p50 ms | p99 ms |");
Console.WriteLine("| --- | ---: | ---: | ---: |");
foreach (var (name, call) in target.Operations)
{
    await Load.RunAsync(callers, TimeSpan.FromSeconds(1), users, call);
    var result = await Load.RunAsync(callers, duration, users, call);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {result.Rate:N0} | {result.Percentile(0.5):N2} | {result.Percentile(0.99):N2} |"));
}
