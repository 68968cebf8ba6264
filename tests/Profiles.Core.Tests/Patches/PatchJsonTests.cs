using System.Buffers;
using System.Text;
using System.Text.Json;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Patches;

[TestFixture]
public class PatchJsonTests
{
    [Test]
    public void An_empty_patch_is_an_empty_object() => Assert.That(Json([]), Is.EqualTo("{}"));

    [Test]
    public void Fields_come_in_the_order_of_their_numbers_and_attributes_in_that_of_their_keys() =>
        Assert.That(
            Json([
                new AttributeStep("tier", "gold"), new AttributeStep("Tier", string.Empty), new AttributeStep("old", null),
                new FieldStep(ProfileField.PubliclyVisible, true),
                new FieldStep(ProfileField.AvatarObject, new ObjectReference("images", "face")),
                new FieldStep(ProfileField.Role, 100), new FieldStep(ProfileField.Level, 0),
                new FieldStep(ProfileField.Nickname, null), new FieldStep(ProfileField.DiscoverableByEmail, false),
                new FieldStep(ProfileField.GivenName, "Alice"),
            ]),
            Is.EqualTo(
                """{"given_name":"Alice","nickname":null,"role":100,"level":0"""
                + ""","avatar_object":{"datasource_id":"images","object_definition_id":"face"}"""
                + ""","discoverable_by_email":null,"publicly_visible":true,"attributes":{"Tier":"","old":null,"tier":"gold"}}"""));

    [TestCase("a\"b", """a\u0022b""")]
    [TestCase("a\\b", """a\\b""")]
    [TestCase("</script>", """\u003C/script\u003E""")]
    [TestCase("\u00e9", """\u00E9""")]
    [TestCase("\ud83d\ude00", """\uD83D\uDE00""")]
    [TestCase("\u2028", """\u2028""")]
    public void Text_is_escaped_to_ASCII(string text, string escaped) =>
        Assert.That(Json([new FieldStep(ProfileField.Location, text)]), Is.EqualTo($$"""{"location":"{{escaped}}"}"""));

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Steps)])]
    public void Is_JSON_that_names_every_field_of_the_patch(Step[] steps)
    {
        var patch = Step.Build(steps);

        using var document = JsonDocument.Parse(Json(steps));

        Assert.That(
            document.RootElement.EnumerateObject().Select(property => property.Name),
            Is.EqualTo(patch.Fields.Enumerate().Select(field => ProfileFields.Get(field).Name)));
        foreach (var field in patch.Fields.Enumerate().Where(field => patch[field] is string))
            Assert.That(document.RootElement.GetProperty(ProfileFields.Get(field).Name).GetString(), Is.EqualTo(patch[field]));
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Steps)])]
    public void The_order_of_steps_for_different_fields_leaves_no_trace(Step[] steps)
    {
        var distinct = steps.Where(step => step is not ReplaceStep).DistinctBy(Subject).ToList();

        Assert.That(Json(Enumerable.Reverse(distinct)), Is.EqualTo(Json(distinct)));
    }

    private static string Subject(Step step) =>
        step is FieldStep set ? set.Field.ToString() : $"attribute {((AttributeStep)step).Key}";

    private static string Json(IEnumerable<Step> steps)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PatchJson.Write(Step.Build(steps), bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
