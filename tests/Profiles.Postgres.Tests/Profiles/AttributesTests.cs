using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Rules;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class AttributesTests
{
    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    // Text is "key=value" for one that is set and "key" for one that is removed; a leading "!" replaces all.
    [TestCase("a=1", "b=2", "a=1 b=2")]
    [TestCase("a=1 b=2", "a=3", "a=3 b=2")]
    [TestCase("a=1 b=2", "a", "b=2")]
    [TestCase("a=1", "a", "")]
    [TestCase("a=1 b=2", "a b=3 c=4", "b=3 c=4")]
    [TestCase("a=1 b=2", "! c=3", "c=3")]
    [TestCase("a=1 b=2", "! a=1", "a=1")]
    [TestCase("a=1", "!", "")]
    [TestCase("", "a=", "a=")]
    [TestCase("a=null", "b=☃\"\\", "a=null b=☃\"\\")]
    [TestCase("a=1", "A=2", "A=2 a=1")]
    public async Task Attributes_are_merged_replaced_and_removed(string before, string patch, string after)
    {
        await organization.WriteAsync("alice", Setting(before));

        var outcome = await organization.WriteAsync("alice", Setting(patch));

        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Written));
        Assert.That(Text(outcome), Is.EqualTo(after));
        Assert.That(outcome.Record!.Revision, Is.EqualTo(2));
    }

    [TestCase("a=1", "a=1")]
    [TestCase("a=1 b=2", "b=2")]
    [TestCase("a=1", "b")]
    [TestCase("a=1 b=2", "! b=2 a=1")]
    [TestCase("", "a")]
    [TestCase("", "!")]
    public async Task Attributes_that_stay_as_they_are_write_nothing(string before, string patch)
    {
        await organization.WriteAsync("alice", Setting(before));
        var version = await organization.VersionAsync("alice");

        var outcome = await organization.WriteAsync("alice", Setting(patch));

        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Unchanged));
        Assert.That(Text(outcome), Is.EqualTo(before));
        Assert.That(await organization.VersionAsync("alice"), Is.EqualTo(version));
    }

    [Test]
    public async Task A_creation_that_only_removes_attributes_has_none()
    {
        var outcome = await organization.WriteAsync("alice", Setting("a b"));

        Assert.That(Text(outcome), Is.Empty);
        Assert.That((await organization.HistoryAsync("alice")).Single().ChangedFields.IsEmpty, Is.True);
    }

    [Test]
    public async Task The_limit_counts_those_already_stored()
    {
        await organization.WriteAsync("alice", SettingMany(0, AttributeRules.MaxCount - 1));

        var last = await organization.WriteAsync("alice", SettingMany(63, 1));
        var tooMany = await organization.WriteAsync("alice", SettingMany(64, 1));
        var swapped = await organization.WriteAsync("alice", patch =>
        {
            patch.SetAttribute("k0", value: null);
            patch.SetAttribute("k64", "v");
        });

        using var scope = Assert.EnterMultipleScope();
        Assert.That(last.Record!.Values.Attributes, Has.Count.EqualTo(AttributeRules.MaxCount));
        Assert.That(tooMany.Kind, Is.EqualTo(WriteOutcomeKind.TooManyAttributes));
        Assert.That(tooMany.Record, Is.Null);
        Assert.That(swapped.Record!.Values.Attributes, Has.Count.EqualTo(AttributeRules.MaxCount));
        Assert.That(swapped.Record.Revision, Is.EqualTo(3));
    }

    [Test]
    public async Task A_replacement_counts_alone()
    {
        await organization.WriteAsync("alice", SettingMany(0, AttributeRules.MaxCount));

        var outcome = await organization.WriteAsync("alice", patch =>
        {
            patch.ReplaceAttributes();
            SettingMany(100, AttributeRules.MaxCount)(patch);
        });

        Assert.That(outcome.Record!.Values.Attributes, Has.Count.EqualTo(AttributeRules.MaxCount));
        Assert.That(outcome.Record.Values.Attributes, Does.ContainKey("k163").And.Not.ContainKey("k63"));
    }

    [Test]
    public async Task A_write_with_too_many_attributes_changes_no_other_field_either()
    {
        await organization.WriteAsync("alice", SettingMany(0, AttributeRules.MaxCount));
        var version = await organization.VersionAsync("alice");

        await organization.WriteAsync("alice", patch =>
        {
            patch.Set(ProfileField.Nickname, "Al");
            patch.SetAttribute("new", "v");
        });

        Assert.That(await organization.VersionAsync("alice"), Is.EqualTo(version));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(1));
    }

    private static Action<ProfilePatchBuilder> SettingMany(int first, int count) => patch =>
    {
        for (var i = first; i < first + count; i++)
            patch.SetAttribute(string.Create(CultureInfo.InvariantCulture, $"k{i}"), "v");
    };

    private static Action<ProfilePatchBuilder> Setting(string text) => patch =>
    {
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=');
            if (part == "!")
                patch.ReplaceAttributes();
            else
                patch.SetAttribute(pair[0], pair.Length == 2 ? pair[1] : null);
        }
    };

    private static string Text(WriteOutcome outcome) => string.Join(
        ' ',
        outcome.Record!.Values.Attributes
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}"));
}
