using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>What null means: absence for a field, a value for Value and NullValue, and nothing that a list or map could hold.</summary>
public class NullTests
{
    private static readonly ProtoJson s_json = new(ProtoJsonOptions.Default);

    [Test]
    public void Null_is_the_absence_of_every_field()
    {
        AssertAbsent<Scalars>();
        AssertAbsent<Optionals>();
        AssertAbsent<EveryOptional>();
        AssertAbsent<Lists>();
        AssertAbsent<EveryList>();
        AssertAbsent<Maps>();
        AssertAbsent<EveryMap>();
        AssertAbsent<EveryChoice>();
    }

    [Test]
    public void No_list_holds_null()
    {
        AssertRefused<Lists>(name => $$"""{"{{name}}":[null]}""", "values");
        AssertRefused<EveryList>(name => $$"""{"{{name}}":[null]}""");
    }

    [Test]
    public void No_map_holds_null()
    {
        AssertRefused<Maps>(name => $$$"""{"{{{name}}}":{"1":null}}""", "values", "bools");
        Assert.That(() => s_json.Read<Maps>("""{"bools":{"true":null}}"""), Throws.TypeOf<ProtoJsonException>().With.Property("Rule").EqualTo(Rules.Null));
        AssertRefused<EveryMap>(name => $$$"""{"{{{name}}}":{"1":null}}""", "messages");
    }

    [TestCase("""{"choice":{"nothing":null}}""", Choice.KindOneofCase.Nothing)]
    [TestCase("""{"choice":{"value":null}}""", Choice.KindOneofCase.Value)]
    [TestCase("""{"choice":{"message":null}}""", Choice.KindOneofCase.None)]
    [TestCase("""{"choice":{"wrapper":null,"time":null,"data":null,"colour":null}}""", Choice.KindOneofCase.None)]
    public void A_oneof_takes_null_from_its_two_kinds_only(string json, Choice.KindOneofCase member) =>
        Assert.That(s_json.Read<Kinds>(json).Choice.KindCase, Is.EqualTo(member));

    [Test]
    public void The_whole_text_may_be_null_for_a_value_only()
    {
        Assert.That(s_json.Read<Value>("null").KindCase, Is.EqualTo(Value.KindOneofCase.NullValue));
        Assert.That(() => s_json.Read<Struct>("null"), Throws.TypeOf<ProtoJsonException>());
        Assert.That(() => s_json.Read<Timestamp>("null"), Throws.TypeOf<ProtoJsonException>());
        Assert.That(() => s_json.Read<StringValue>("null"), Throws.TypeOf<ProtoJsonException>());
        Assert.That(() => s_json.Read<Kinds>("null"), Throws.TypeOf<ProtoJsonException>());
    }

    private static void AssertAbsent<TMessage>()
        where TMessage : Google.Protobuf.IMessage, new()
    {
        var fields = new TMessage().Descriptor.Fields.InDeclarationOrder();
        var json = "{" + string.Join(',', fields.Select(field => $"\"{field.JsonName}\":null")) + "}";
        Assert.That(s_json.Read<TMessage>(json), Is.EqualTo(new TMessage()));
    }

    private static void AssertRefused<TMessage>(Func<string, string> text, params string[] except)
        where TMessage : Google.Protobuf.IMessage, new()
    {
        foreach (var field in new TMessage().Descriptor.Fields.InDeclarationOrder().Where(field => !except.Contains(field.JsonName)))
        {
            var error = Assert.Throws<ProtoJsonException>(() => s_json.Read<TMessage>(text(field.JsonName)), field.JsonName);
            Assert.That((error.Rule, error.Path.StartsWith(field.Name + "[", StringComparison.Ordinal)), Is.EqualTo((Rules.Null, true)));
        }
    }
}
