using System.Text.RegularExpressions;
using Profiles.Core.Fields;

namespace Profiles.Core.Tests.Fields;

/// <summary>Holds the table of fields against the message <c>Profile</c> of the contract, read from its source.</summary>
[TestFixture]
public partial class ProfileContractTests
{
    private static readonly List<ContractField> s_contract = ReadContract();

    [Test]
    public void The_contract_was_read() => Assert.That(s_contract, Has.Count.EqualTo(33));

    [Test]
    public void The_table_has_every_field_that_is_not_output_only_in_the_same_order() =>
        Assert.That(
            ProfileFields.All.Select(definition => definition.Name),
            Is.EqualTo(s_contract.Where(field => !field.OutputOnly).Select(field => field.Name)));

    [Test]
    public void The_contract_says_which_fields_are_for_servers_only() =>
        Assert.That(
            ProfileFields.All.Where(definition => definition.ServersOnly).Select(definition => definition.Name),
            Is.EqualTo(s_contract
                .Where(field => field.Comment.Contains("Servers only.", StringComparison.Ordinal))
                .Select(field => field.Name)));

    [Test]
    public void Types_of_the_contract_and_kinds_of_the_table_agree()
    {
        foreach (var field in s_contract.Where(field => !field.OutputOnly))
            Assert.That(ProfileFields.Find(field.Name)!.Kind, Is.EqualTo(KindOf(field.Type)), field.Name);
    }

    [Test]
    public void Limits_in_code_points_are_those_that_the_contract_names()
    {
        var limited = s_contract.Where(field => field.Type == "string" && CodePoints().IsMatch(field.Comment)).ToList();
        Assert.That(limited, Has.Count.EqualTo(6));

        foreach (var field in limited)
        {
            var limit = int.Parse(CodePoints().Match(field.Comment).Groups["limit"].ValueSpan);
            Assert.That(ProfileFields.Find(field.Name)!.Check(new string('a', limit)), Is.Null, field.Name);
            Assert.That(ProfileFields.Find(field.Name)!.Check(new string('a', limit + 1)), Is.Not.Null, field.Name);
        }
    }

    private static ProfileFieldKind KindOf(string type) =>
        type switch
        {
            "string" or "optional string" or "Gender" => ProfileFieldKind.Text,
            "optional int32" => ProfileFieldKind.Number,
            "bool" => ProfileFieldKind.Flag,
            "ObjectReference" => ProfileFieldKind.ObjectReference,
            "map<string, string>" => ProfileFieldKind.Attributes,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };

    private static List<ContractField> ReadContract()
    {
        using var stream = typeof(ProfileContractTests).Assembly.GetManifestResourceStream("profile.proto")!;
        using var reader = new StreamReader(stream);
        var source = reader.ReadToEnd();
        var message = source[source.IndexOf("message Profile {", StringComparison.Ordinal)..];
        message = message[..message.IndexOf("\n}", StringComparison.Ordinal)];
        return FieldWithComment().Matches(message)
            .Select(match => new ContractField(
                match.Groups["name"].Value,
                match.Groups["type"].Value,
                match.Groups["options"].Value.Contains("OUTPUT_ONLY", StringComparison.Ordinal),
                match.Groups["comment"].Value))
            .ToList();
    }

    [GeneratedRegex(
        @"(?<comment>(?:^  //.*\n)*)^  (?<type>[A-Za-z][\w<>., ]*?) (?<name>[a-z_]+) = \d+(?<options>[^;]*);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldWithComment();

    [GeneratedRegex(@"at most (?<limit>[0-9]+) code points", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePoints();

    private sealed record ContractField(string Name, string Type, bool OutputOnly, string Comment);
}
