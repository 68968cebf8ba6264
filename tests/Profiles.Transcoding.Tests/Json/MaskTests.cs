using System.Text;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>Which paths an object's keys mean, and what is left in the message.</summary>
public class MaskTests
{
    private static readonly ProtoJson s_json = new(ProtoJsonOptions.Default);

    [TestCase("{}", "", "{}", Description = "nothing is touched")]
    [TestCase("""{"title":"x"}""", "title", """{"title":"x"}""")]
    [TestCase("""{"title":""}""", "title", "{}", Description = "a default value is a value")]
    [TestCase("""{"title":null}""", "title", "{}", Description = "null clears")]
    [TestCase("""{"bookId":"b","book_id":null}""", null, null, Description = "twice")]
    [TestCase("""{"author":{"givenName":"x","family_name":null}}""", "author.given_name,author.family_name", """{"author":{"givenName":"x"}}""")]
    [TestCase("""{"author":{"mentor":{"mentor":{"givenName":"x"}}}}""", "author.mentor.mentor.given_name", """{"author":{"mentor":{"mentor":{"givenName":"x"}}}}""")]
    [TestCase("""{"author":{}}""", "author", """{"author":{}}""", Description = "an empty object is its own path")]
    [TestCase("""{"author":{"mentor":{},"givenName":"x"}}""", "author.mentor,author.given_name", """{"author":{"givenName":"x","mentor":{}}}""")]
    [TestCase("""{"author":null}""", "author", "{}")]
    [TestCase("""{"attributes":{"a":"x","B_2":"y"}}""", "attributes.a,attributes.B_2", """{"attributes":{"a":"x","B_2":"y"}}""")]
    [TestCase("""{"attributes":{"a":null,"b":"y"}}""", "attributes.a,attributes.b", """{"attributes":{"b":"y"}}""", Description = "null removes the key")]
    [TestCase("""{"attributes":{"a b":"","2":"","":"","x`y":"","ä":""}}""", "attributes.`a b`,attributes.`2`,attributes.``,attributes.`x``y`,attributes.`ä`", """{"attributes":{"a b":"","2":"","":"","x`y":"","ä":""}}""")]
    [TestCase("""{"attributes":{}}""", "", "{}", Description = "no key is changed")]
    [TestCase("""{"attributes":null}""", "attributes", "{}")]
    [TestCase("""{"attributes":{"a":null,"a":"x"}}""", null, null)]
    [TestCase("""{"contributors":{"a":{"givenName":"x"},"b":null}}""", "contributors.a,contributors.b", """{"contributors":{"a":{"givenName":"x"}}}""")]
    [TestCase("""{"contributors":{"a":{"givenName":null}}}""", "contributors.a", """{"contributors":{"a":{}}}""")]
    [TestCase("""{"tags":["x"]}""", "tags", """{"tags":["x"]}""")]
    [TestCase("""{"tags":[]}""", "tags", "{}")]
    [TestCase("""{"tags":null}""", "tags", "{}")]
    [TestCase("""{"tags":[null]}""", null, null, Description = "null in a list clears nothing")]
    [TestCase("""{"publishTime":"1970-01-01T00:00:00Z"}""", "publish_time", """{"publishTime":"1970-01-01T00:00:00Z"}""")]
    [TestCase("""{"publishTime":null,"pageCount":null,"rating":null}""", "publish_time,page_count,rating", "{}")]
    [TestCase("""{"pageCount":0,"rating":0}""", "page_count,rating", """{"pageCount":0,"rating":0}""")]
    [TestCase("""{"extra":{"a":{"b":null}}}""", "extra", """{"extra":{"a":{"b":null}}}""", Description = "a well-known type is a leaf")]
    public void Keys_become_paths(string text, string? paths, string? kept)
    {
        var mask = new MaskRecorder();
        var book = new Book();
        void Read() => s_json.ReadInto(
            Encoding.UTF8.GetBytes(text), book, (PlainMessageCodec)MessageCodecs.Find(Book.Descriptor), new ReadContext(mask, null));

        if (paths is null)
        {
            Assert.That(Read, Throws.TypeOf<ProtoJsonException>());
            return;
        }

        Read();
        Assert.That(string.Join(',', mask.Paths), Is.EqualTo(paths));
        Assert.That(s_json.Text(book), Is.EqualTo(kept));
    }

    [Test]
    public void Ignored_properties_leave_no_path()
    {
        var lenient = new ProtoJson(new ProtoJsonOptions { IgnoreUnknownFields = true });
        var mask = new MaskRecorder();
        var json = """{"author":{"unknown":1},"other":{}}"""u8;
        lenient.ReadInto(json, new Book(), (PlainMessageCodec)MessageCodecs.Find(Book.Descriptor), new ReadContext(mask, null));
        Assert.That(mask.Paths, Is.Empty);
    }
}
