using System.Text.Json.Nodes;
using Profiles.OpenApi.Tests.Support;

namespace Profiles.OpenApi.Tests;

/// <summary>The schemas of messages, enums, and fields of every kind.</summary>
internal sealed class SchemaTests
{
    private const string Schemas = "#/components/schemas/openapi.tests.v1.";

    private TestApp app = null!;
    private ServedDocumentText document = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        app = await TestApp.StartAsync();
        document = await app.GetDocumentAsync();
    }

    [OneTimeTearDown]
    public ValueTask StopAsync() => app.DisposeAsync();

    [TestCase("text", """{"type":"string","description":"A text."}""")]
    [TestCase("flag", """{"type":"boolean"}""")]
    [TestCase("data", """{"type":"string","contentEncoding":"base64"}""")]
    [TestCase("int32Value", """{"type":"integer","format":"int32"}""")]
    [TestCase("sint32Value", """{"type":"integer","format":"int32"}""")]
    [TestCase("sfixed32Value", """{"type":"integer","format":"int32"}""")]
    [TestCase("uint32Value", """{"type":"integer","format":"uint32","minimum":0}""")]
    [TestCase("fixed32Value", """{"type":"integer","format":"uint32","minimum":0}""")]
    [TestCase("int64Value", """{"type":"string","format":"int64","pattern":"^-?[0-9]{1,19}$"}""")]
    [TestCase("sint64Value", """{"type":"string","format":"int64","pattern":"^-?[0-9]{1,19}$"}""")]
    [TestCase("sfixed64Value", """{"type":"string","format":"int64","pattern":"^-?[0-9]{1,19}$"}""")]
    [TestCase("uint64Value", """{"type":"string","format":"uint64","pattern":"^[0-9]{1,20}$"}""")]
    [TestCase("fixed64Value", """{"type":"string","format":"uint64","pattern":"^[0-9]{1,20}$"}""")]
    [TestCase("floatValue", """{"anyOf":[{"type":"number","format":"float"},{"type":"string","enum":["NaN","Infinity","-Infinity"]}]}""")]
    [TestCase("doubleValue", """{"anyOf":[{"type":"number","format":"double"},{"type":"string","enum":["NaN","Infinity","-Infinity"]}]}""")]
    [TestCase("color", $$$"""{"$ref":"{{{Schemas}}}Color","description":"How it looks."}""")]
    [TestCase("inner", $$$"""{"$ref":"{{{Schemas}}}Inner"}""")]
    [TestCase("recursive", $$$"""{"$ref":"{{{Schemas}}}EveryKind"}""")]
    [TestCase("optionalNumber", """{"type":"integer","format":"int32"}""")]
    [TestCase("timestamp", """{"type":"string","format":"date-time"}""")]
    [TestCase("duration", """{"type":"string","pattern":"^-?[0-9]{1,12}(\\.[0-9]{1,9})?s$"}""")]
    [TestCase("mask", """{"type":"string"}""")]
    [TestCase("structure", """{"type":"object","additionalProperties":true}""")]
    [TestCase("value", "{}")]
    [TestCase("listValue", """{"type":"array","items":{}}""")]
    [TestCase("nullValue", """{"type":"null"}""")]
    [TestCase("empty", """{"type":"object"}""")]
    [TestCase("boolWrapper", """{"type":"boolean"}""")]
    [TestCase("stringWrapper", """{"type":"string"}""")]
    [TestCase("bytesWrapper", """{"type":"string","contentEncoding":"base64"}""")]
    [TestCase("int32Wrapper", """{"type":"integer","format":"int32"}""")]
    [TestCase("uint32Wrapper", """{"type":"integer","format":"uint32","minimum":0}""")]
    [TestCase("int64Wrapper", """{"type":"string","format":"int64","pattern":"^-?[0-9]{1,19}$"}""")]
    [TestCase("uint64Wrapper", """{"type":"string","format":"uint64","pattern":"^[0-9]{1,20}$"}""")]
    [TestCase("floatWrapper", """{"anyOf":[{"type":"number","format":"float"},{"type":"string","enum":["NaN","Infinity","-Infinity"]}]}""")]
    [TestCase("doubleWrapper", """{"anyOf":[{"type":"number","format":"double"},{"type":"string","enum":["NaN","Infinity","-Infinity"]}]}""")]
    [TestCase("texts", """{"type":"array","items":{"type":"string"}}""")]
    [TestCase("colors", $$$"""{"type":"array","items":{"$ref":"{{{Schemas}}}Color"}}""")]
    [TestCase("inners", $$$"""{"type":"array","items":{"$ref":"{{{Schemas}}}Inner"}}""")]
    [TestCase("stringMap", """{"type":"object","additionalProperties":{"type":"string"}}""")]
    [TestCase("int32Map", $$$"""{"type":"object","additionalProperties":{"$ref":"{{{Schemas}}}Inner"},"propertyNames":{"pattern":"^-?[0-9]{1,19}$"}}""")]
    [TestCase("uint64Map", $$$"""{"type":"object","additionalProperties":{"$ref":"{{{Schemas}}}Color"},"propertyNames":{"pattern":"^[0-9]{1,20}$"}}""")]
    [TestCase("boolMap", """{"type":"object","additionalProperties":{"type":"string","format":"int64","pattern":"^-?[0-9]{1,19}$"},"propertyNames":{"enum":["true","false"]}}""")]
    [TestCase("first", """{"type":"string","description":"The first.\n\nAt most one of the group `choice`."}""")]
    [TestCase("requiredText", """{"type":"string"}""")]
    [TestCase("outputText", """{"type":"string","description":"Made by the server.","readOnly":true}""")]
    [TestCase("inputText", """{"type":"string","writeOnly":true}""")]
    [TestCase("immutableText", """{"type":"string","description":"Chosen once.\n\nCannot be changed once it is set."}""")]
    [TestCase("deprecatedText", """{"type":"string","description":"Nobody's.","deprecated":true}""")]
    [TestCase("calledOtherwise", """{"type":"string"}""")]
    [TestCase("trailing", """{"type":"string","description":"Said behind it."}""")]
    [TestCase("internalComment", """{"type":"string","description":"For all."}""")]
    public void A_field(string name, string expected) =>
        JsonAssert.Same(document.Schema("EveryKind")["properties"]![name], expected);

    [Test]
    public void An_any_names_its_type()
    {
        var any = document.Schema("EveryKind")["properties"]!["any"]!;

        Assert.That((string?)any["properties"]!["@type"]!["type"], Is.EqualTo("string"));
        Assert.That((bool?)any["additionalProperties"], Is.True);
    }

    [Test]
    public void A_message()
    {
        var message = document.Schema("EveryKind");

        Assert.That((string?)message["type"], Is.EqualTo("object"));
        Assert.That((string?)message["description"], Is.EqualTo("A field of every kind."));
        JsonAssert.Same(message["required"], """["requiredText"]""");
        Assert.That(
            message["properties"]!.AsObject().Select(property => property.Key),
            Is.EqualTo(global::OpenApi.Tests.V1.EveryKind.Descriptor.Fields.InDeclarationOrder().Select(field => field.JsonName)));
    }

    [Test]
    public void Of_a_oneof_no_two_members_are_there() =>
        JsonAssert.Same(
            document.Schema("EveryKind")["not"],
            """{"anyOf":[{"required":["first","second"]},{"required":["first","third"]},{"required":["second","third"]}]}""");

    [Test]
    public void An_enum_has_its_names_and_what_they_mean() =>
        JsonAssert.Same(
            document.Schema("Color"),
            """
            {
              "type": "string",
              "description": "Colors.\n\n- `COLOR_RED`: Like blood.\n- `COLOR_GREEN`: Like grass, or like leaves.",
              "enum": ["COLOR_UNSPECIFIED", "COLOR_RED", "COLOR_GREEN"]
            }
            """);

    [TestCase("text", """["string","null"]""")]
    [TestCase("int64Value", """["string","null"]""")]
    [TestCase("structure", """["object","null"]""")]
    [TestCase("texts", """["array","null"]""")]
    [TestCase("stringMap", """["object","null"]""")]
    [TestCase("boolWrapper", """["boolean","null"]""")]
    public void In_a_patch_null_clears(string name, string expected) =>
        JsonAssert.Same(document.Schema("EveryKind.Patch")["properties"]![name]!["type"], expected);

    [TestCase("inner", $$$"""{"anyOf":[{"$ref":"{{{Schemas}}}Inner.Patch"},{"type":"null"}]}""")]
    [TestCase("color", $$$"""{"anyOf":[{"$ref":"{{{Schemas}}}Color"},{"type":"null"}],"description":"How it looks."}""")]
    [TestCase("doubleValue", """{"anyOf":[{"type":"number","format":"double"},{"type":"string","enum":["NaN","Infinity","-Infinity"]},{"type":"null"}]}""")]
    [TestCase("inners", $$$"""{"type":["array","null"],"items":{"$ref":"{{{Schemas}}}Inner"}}""")]
    [TestCase("int32Map", $$$"""{"type":["object","null"],"additionalProperties":{"anyOf":[{"$ref":"{{{Schemas}}}Inner"},{"type":"null"}]},"propertyNames":{"pattern":"^-?[0-9]{1,19}$"}}""")]
    [TestCase("value", "{}")]
    public void In_a_patch_messages_are_merged_and_lists_replaced(string name, string expected) =>
        JsonAssert.Same(document.Schema("EveryKind.Patch")["properties"]![name], expected);

    [Test]
    public void In_a_patch_nothing_is_required()
    {
        Assert.That(document.Schema("EveryKind.Patch").Select(member => member.Key), Is.EquivalentTo((string[])["type", "description", "properties", "not"]));
        Assert.That(document.Schemas.Select(schema => schema.Key), Has.Member("openapi.tests.v1.EveryKind").And.Member("openapi.tests.v1.Inner"));
    }

    [Test]
    public async Task What_the_server_answers_is_of_the_schema()
    {
        var answers = new List<(string, JsonNode?)>();
        foreach (var body in (string[])["""{"requiredText":"x"}""", new Samples(document).Of(document.Schema("EveryKind"))!.ToJsonString(), Edges])
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await app.Http.PostAsync("/v1/everyKind", content);
            var text = await response.Content.ReadAsStringAsync();
            Assert.That((int)response.StatusCode, Is.EqualTo(200), text);
            answers.Add(("openapi.tests.v1.EveryKind", JsonNode.Parse(text)));
        }

        Assert.That(await Node.CheckAsync(document.Json, answers), Is.Empty);
    }

    [Test]
    public async Task What_is_not_of_the_schema_is_found()
    {
        foreach (var wrong in (string[])["{}", """{"requiredText":"x","first":"a","third":"1"}""", """{"requiredText":"x","int64Value":"a"}"""])
            Assert.That(await Node.CheckAsync(document.Json, ("openapi.tests.v1.EveryKind", JsonNode.Parse(wrong))), Is.Not.Empty, wrong);
    }

    private const string Edges =
        """
        {
          "requiredText": "x", "int64Value": "-9223372036854775808", "uint64Value": "18446744073709551615", "floatValue": "NaN",
          "doubleValue": "-Infinity", "duration": "-315576000000.999999999s", "timestamp": "9999-12-31T23:59:59.999999999Z",
          "int32Map": {"-2147483648": {}}, "any": {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1s"}
        }
        """;
}
