using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Limits;
using Profiles.Core.Organizations;
using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Organizations;

public class OrganizationPatchTests
{
    private static readonly AttributeDefinition Tier = new("tier", 10, "gold|silver");

    // A good value of every setting, and another one.
    private static readonly (OrganizationSetting Setting, object One, object Other)[] Values =
    [
        (OrganizationSetting.UsernamesUnique, true, false),
        (OrganizationSetting.UsernamesMinLength, 1, 2),
        (OrganizationSetting.UsernamesMaxLength, 20, 30),
        (OrganizationSetting.UsernamesPattern, "[a-z]+", "[\"\\\\é]+"),
        (OrganizationSetting.UsernamesLookalikes, LookAlikePolicy.Off, LookAlikePolicy.Strict),
        (OrganizationSetting.UsernamesHold, 0L, 86400L),
        (OrganizationSetting.UsernamesRenamesPerDay, 0, 1000),
        (OrganizationSetting.AttributesDefinitions, new List<AttributeDefinition> { Tier }, new List<AttributeDefinition> { Tier, new("x", null, null) }),
        (OrganizationSetting.AttributesRequiredPrefix, "t", "ti"),
        (OrganizationSetting.PicturesUpload, true, false),
        (OrganizationSetting.PicturesChangesPerDay, 0, 1000),
        (OrganizationSetting.PicturesKeepOriginals, true, false),
        (OrganizationSetting.RateLimitsRead, Limit(1), Limit(2)),
        (OrganizationSetting.RateLimitsWrite, Limit(1), Limit(2)),
        (OrganizationSetting.RateLimitsBatch, Limit(1), Limit(2)),
        (OrganizationSetting.RateLimitsAdministration, Limit(1), Limit(1_000_000)),
    ];

    [Test]
    public void Every_setting_is_here() =>
        Assert.That(Values.Select(value => value.Setting), Is.EqualTo(Enum.GetValues<OrganizationSetting>()));

    [Test]
    public void The_table_has_each_setting_at_its_number() =>
        Assert.That(OrganizationSettingTable.All.Select(definition => definition.Setting), Is.EqualTo(Enum.GetValues<OrganizationSetting>()));

    [TestCaseSource(nameof(Values))]
    public void A_value_is_stored_and_read_as_it_is((OrganizationSetting Setting, object One, object Other) value)
    {
        foreach (var content in (object[])[value.One, value.Other])
        {
            var read = SettingsJson.Read(SettingsJson.Write(Patch((value.Setting, content))));

            Assert.That(read[value.Setting], Is.EqualTo(content));
        }
    }

    [TestCaseSource(nameof(Values))]
    public void A_patch_changes_what_it_names_only((OrganizationSetting Setting, object One, object Other) value)
    {
        var current = Patch([.. Values.Select(each => (each.Setting, (object?)each.One))]).ApplyTo(OrganizationSettings.Default);

        var changed = Patch((value.Setting, value.Other)).ApplyTo(current);
        var cleared = Patch((value.Setting, null)).ApplyTo(current);

        foreach (var each in Values)
        {
            Assert.That(changed[each.Setting], Is.EqualTo(each.Setting == value.Setting ? value.Other : each.One));
            Assert.That(cleared[each.Setting], Is.EqualTo(each.Setting == value.Setting ? null : each.One));
        }
    }

    [TestCaseSource(nameof(Values))]
    public void A_patch_with_what_is_there_changes_nothing((OrganizationSetting Setting, object One, object Other) value)
    {
        var current = With(Patch((value.Setting, value.One)));

        // Read anew, as from the database.
        Assert.That(Patch((value.Setting, SettingsJson.Read(SettingsJson.Write(Patch((value.Setting, value.One))))[value.Setting])).ChangesNothing(current));
        Assert.That(Patch((value.Setting, value.Other)).ChangesNothing(current), Is.False);
        Assert.That(Patch((value.Setting, null)).ChangesNothing(current), Is.False);
        Assert.That(Patch((value.Setting, null)).ChangesNothing(With(Patch())));
    }

    [Test]
    public void What_is_not_set_has_its_default()
    {
        var settings = OrganizationSettings.Default;

        Assert.That(settings.Usernames, Is.EqualTo(
            new UsernameSettings()));
        Assert.That(settings.Pictures, Is.EqualTo(new PictureSettings(Upload: true, 10, KeepOriginals: false)));
        Assert.That(settings.RateLimits, Is.EqualTo(RateLimits.None));
        Assert.That(settings.Attributes.Definitions, Is.Empty);
        Assert.That(settings.Attributes.RequiredPrefix, Is.Empty);
    }

    [Test]
    public void What_a_newer_release_stored_is_passed_over()
    {
        var settings = SettingsJson.Read("""{"usernames.min_length":3,"usernames.colour":{"a":[1]},"usernames.lookalikes":"Newest"}""");

        Assert.That(settings.Usernames.MinLength, Is.EqualTo(3));
        Assert.That(settings.Usernames.LookAlikes, Is.EqualTo(LookAlikePolicy.MixedScript));
    }

    [TestCase(65, null, false)]
    [TestCase(64, null, true)]
    [TestCase(null, 1, true)]
    [TestCase(5, 4, false)]
    [TestCase(5, 5, true)]
    public void The_least_length_is_not_more_than_the_most(int? min, int? max, bool good)
    {
        var patch = Patch((OrganizationSetting.UsernamesMinLength, min), (OrganizationSetting.UsernamesMaxLength, max));

        var violations = patch.CheckTogether(OrganizationSettings.Default);

        Assert.That(violations.Select(violation => violation.Field), Is.EqualTo(good ? [] : (string[])["organization.settings.usernames.min_length"]));
    }

    [Test]
    public void All_that_is_wrong_is_named_up_to_a_limit()
    {
        var builder = new OrganizationPatchBuilder("organization.");
        builder.SetDisplayName("a\u0001");
        builder.Set(OrganizationSetting.UsernamesMinLength, 0);
        for (var i = 0; i < 100; i++)
            builder.Violate("x", "y");

        var violations = Assert.Throws<ProfilesException>(() => builder.Build())!.Violations;

        Assert.That(violations, Has.Count.EqualTo(OrganizationPatchBuilder.MaxViolations));
        Assert.That(violations.Take(2).Select(violation => violation.Field), Is.EqualTo((string[])["organization.display_name", "organization.settings.usernames.min_length"]));
    }

    [TestCase(0, 1, 0)]
    [TestCase(1_000_001, 1, 0)]
    [TestCase(1, 0, 0)]
    [TestCase(1, 86_401, 0)]
    [TestCase(1, 1, 1)]
    [TestCase(1, long.MaxValue, 0)]
    public void An_allowance_has_limits(int requests, long seconds, int nanos)
    {
        var violations = new List<string>();

        Assert.That(RateLimit.Read("limit", requests, (seconds, nanos), (field, _) => violations.Add(field)), Is.Null);
        Assert.That(violations, Is.EqualTo((string[])[requests is 0 or 1_000_001 ? "limit.requests" : "limit.window"]));
    }

    private static RateLimit Limit(int requests) => new(requests, TimeSpan.FromMinutes(1));

    private static OrganizationPatch Patch(params (OrganizationSetting Setting, object? Value)[] settings)
    {
        var builder = new OrganizationPatchBuilder("organization.");
        foreach (var (setting, value) in settings)
            builder.Set(setting, value);
        return builder.Build();
    }

    private static Organization With(OrganizationPatch patch) => new(
        OrganizationId.Parse("acme"), string.Empty, patch.ApplyTo(OrganizationSettings.Default), 1, DateTime.UnixEpoch, DateTime.UnixEpoch);
}
