using System.Text.RegularExpressions;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>
/// The official conformance runner drives our reader and writer: proto2, proto3 and edition 2023, recommended tests included. What is
/// expected to fail stands with its reason in the lists beside the program under test.
/// </summary>
public partial class ConformanceTests
{
    private static readonly string s_lists = Path.Combine(Repository.Top, "tests", "Profiles.Conformance");

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("conformance").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_test_passes_but_those_that_are_listed()
    {
        var (exitCode, report) = await RunAsync(expectedFailures: "");
        Assert.That(exitCode, Is.Zero, report);

        var passed = Passed().Match(report);
        Assert.That(passed.Success, report);
        Assert.That(int.Parse(passed.Groups["passed"].ValueSpan, null), Is.GreaterThan(5000), "the runner's tests of JSON and binary");
    }

    [Test]
    public async Task A_listed_failure_that_passes_fails_the_run()
    {
        var (exitCode, report) = await RunAsync(expectedFailures: "Required.Proto3.JsonInput.BoolFieldTrue.JsonOutput # none\n");
        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(report, Does.Contain("Required.Proto3.JsonInput.BoolFieldTrue.JsonOutput"));
    }

    private async Task<(int ExitCode, string Report)> RunAsync(string expectedFailures)
    {
        var (found, command, reason) = await Repository.RunAsync("", Path.Combine(Repository.Top, "build", "ensure-conformance-runner.sh"));
        if (found != 0) Assert.Ignore(reason.Trim());

        var list = Path.Combine(_folder, "failures.txt");
        foreach (var name in (string[])["json-failures.txt", "binary-failures.txt"])
            expectedFailures += await File.ReadAllTextAsync(Path.Combine(s_lists, name));
        await File.WriteAllTextAsync(list, expectedFailures);

        string[] words =
        [
            .. command.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            "--enforce_recommended", "--maximum_edition", "2023", "--failure_list", list, "--output_dir", _folder,
            Repository.Built("Profiles.Conformance"),
        ];
        var run = await Repository.RunAsync("", words[0], words[1..]);
        return (run.ExitCode, run.Output + run.Error);
    }

    // A second suite follows, of the text format, which is skipped whole.
    [GeneratedRegex(
        "CONFORMANCE SUITE PASSED: (?<passed>[1-9][0-9]*) successes, 0 skipped, [0-9]+ expected failures, 0 unexpected failures",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Passed();
}
