using System.Globalization;
using Profiles.Fuzz;
using Profiles.Fuzz.Server;
using Profiles.Fuzz.Targets;

// Profiles.Fuzz [SECONDS] [SEED]: changes the corpus at random for a time (30 s) and looks for input that does harm.
var clock = TimeProvider.System;
var limit = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30);
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Random.Shared.Next();
Console.WriteLine($"Seed {seed}, {limit.TotalSeconds:0} s");

await using var server = await FuzzServer.StartAsync();
var fuzzer = new Fuzzer([new JsonTarget(), new TemplateTarget(), new RequestTarget(server)], seed, clock);
var start = clock.GetTimestamp();
var failure = await fuzzer.RunAsync(_ => clock.GetElapsedTime(start) < limit);
foreach (var (name, count) in fuzzer.Counts) Console.WriteLine($"{name}: {count.Inputs:N0} inputs, {count.Outcomes:N0} different outcomes");
if (failure is null) return 0;

Console.WriteLine(failure.Describe());
Console.WriteLine($"Again: seed {seed}");
return 1;
