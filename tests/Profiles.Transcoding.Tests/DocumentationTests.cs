using System.Text.RegularExpressions;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests;

/// <summary>The page of the library says what its options do.</summary>
public partial class DocumentationTests
{
    [Test]
    public void Every_option_is_there_with_default_and_consequence()
    {
        var rows = OptionRow().Matches(File.ReadAllText(Path.Combine(Repository.Top, "src", "Profiles.Transcoding", "README.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => (Default: row.Groups["default"].Value.Trim(), Consequence: row.Groups["consequence"].Value.Trim()));
        var options = typeof(JsonTranscodingOptions).GetProperties().Select(option => option.Name).ToList();

        Assert.That(rows.Keys, Is.EquivalentTo(options));
        Assert.That(rows.Values.Select(row => row.Default), Is.All.Not.Empty);
        Assert.That(rows.Values.Select(row => row.Consequence), Is.All.Not.Empty);
    }

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)` \| (?<default>[^|]+) \| (?<consequence>.+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OptionRow();
}
