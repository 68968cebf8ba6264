using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Tests.Routing;

/// <summary>The template grammar. Variables are shown as name[first..end).</summary>
public class TemplateParserTests
{
    [TestCase("/v1", "/v1", "")]
    [TestCase("/v1/books", "/v1/books", "")]
    [TestCase("/*", "/*", "")]
    [TestCase("/**", "/**", "")]
    [TestCase("/v1/*/books/**", "/v1/*/books/**", "")]
    [TestCase("/v1/{a}", "/v1/*", "a[1..2)")]
    [TestCase("/v1/{a.b_c.D1}", "/v1/*", "a.b_c.D1[1..2)")]
    [TestCase("/v1/{_a}", "/v1/*", "_a[1..2)")]
    [TestCase("/v1/{a=*}", "/v1/*", "a[1..2)")]
    [TestCase("/v1/{a=**}", "/v1/**", "a[1..2)+")]
    [TestCase("/v1/{a=shelves/*/books/**}", "/v1/shelves/*/books/**", "a[1..5)+")]
    [TestCase("/{a=x}/{b=y/z}", "/x/y/z", "a[0..1) b[1..3)+")]
    [TestCase("/v1/books:read", "/v1/books:read", "")]
    [TestCase("/v1/{a}:read", "/v1/*:read", "a[1..2)")]
    [TestCase("/v1/{a=**}:read", "/v1/**:read", "a[1..2)+")]
    [TestCase("/v1/**:read", "/v1/**:read", "")]
    [TestCase("/a-b_c.d~e!f$g&h'i(j)k+l,m;n@o", "/a-b_c.d~e%21f%24g%26h%27i%28j%29k%2Bl%2Cm%3Bn%40o", "")]
    [TestCase("/a%20b/%C3%A4", "/a%20b/%C3%A4", "")]
    public void Accepts(string text, string shape, string variables)
    {
        var template = TemplateParser.Parse(text);
        Assert.That(template.Shape, Is.EqualTo(shape));
        Assert.That(string.Join(' ', template.Variables.Select(Show)), Is.EqualTo(variables));
    }

    [TestCase("", "a template begins with \"/\" (at character 1 of \"\")")]
    [TestCase("v1", "a template begins with \"/\" (at character 1 of \"v1\")")]
    [TestCase("/", "a segment is expected here (at character 2 of \"/\")")]
    [TestCase("//a", "a segment is expected here (at character 2 of \"//a\")")]
    [TestCase("/a/", "a segment is expected here (at character 4 of \"/a/\")")]
    [TestCase("/a//b", "a segment is expected here (at character 4 of \"/a//b\")")]
    [TestCase("/**/a", "\"**\" must be the last segment (at character 4 of \"/**/a\")")]
    [TestCase("/{a=**}/b", "\"**\" must be the last segment (at character 8 of \"/{a=**}/b\")")]
    [TestCase("/{a=**/b}", "\"**\" must be the last segment (at character 7 of \"/{a=**/b}\")")]
    [TestCase("/***", "'*' is not expected here (at character 4 of \"/***\")")]
    [TestCase("/a*", "'*' is not expected here (at character 3 of \"/a*\")")]
    [TestCase("/*a", "'a' is not expected here (at character 3 of \"/*a\")")]
    [TestCase("/{a}b", "'b' is not expected here (at character 5 of \"/{a}b\")")]
    [TestCase("/b{a}", "'{' is not expected here (at character 3 of \"/b{a}\")")]
    [TestCase("/{a}{b}", "'{' is not expected here (at character 5 of \"/{a}{b}\")")]
    [TestCase("/{}", "a field name is expected here (at character 3 of \"/{}\")")]
    [TestCase("/{1a}", "a field name is expected here (at character 3 of \"/{1a}\")")]
    [TestCase("/{a.}", "a field name is expected here (at character 5 of \"/{a.}\")")]
    [TestCase("/{.a}", "a field name is expected here (at character 3 of \"/{.a}\")")]
    [TestCase("/{a..b}", "a field name is expected here (at character 5 of \"/{a..b}\")")]
    [TestCase("/{a-b}", "a variable ends with \"}\" (at character 4 of \"/{a-b}\")")]
    [TestCase("/{a", "a variable ends with \"}\" (at character 4 of \"/{a\")")]
    [TestCase("/{a=}", "a segment is expected here (at character 5 of \"/{a=}\")")]
    [TestCase("/{a=/b}", "a segment is expected here (at character 5 of \"/{a=/b}\")")]
    [TestCase("/{a=b/}", "a segment is expected here (at character 7 of \"/{a=b/}\")")]
    [TestCase("/{a={b}}", "a variable cannot hold another variable (at character 5 of \"/{a={b}}\")")]
    [TestCase("/{a=b:c}", "a variable ends with \"}\" (at character 6 of \"/{a=b:c}\")")]
    [TestCase("/{a}/{a}", "the variable \"a\" is there twice (at character 9 of \"/{a}/{a}\")")]
    [TestCase("/a:", "a verb is expected here (at character 4 of \"/a:\")")]
    [TestCase("/a:b:c", "':' is not expected here (at character 5 of \"/a:b:c\")")]
    [TestCase("/a:b/c", "'/' is not expected here (at character 5 of \"/a:b/c\")")]
    [TestCase("/a?b", "'?' is not expected here (at character 3 of \"/a?b\")")]
    [TestCase("/a b", "' ' is not expected here (at character 3 of \"/a b\")")]
    [TestCase("/ä", "a segment is expected here (at character 2 of \"/ä\")")]
    [TestCase("/a%2", "a percent sign must begin an escape of valid UTF-8 (at character 5 of \"/a%2\")")]
    [TestCase("/a%zz", "a percent sign must begin an escape of valid UTF-8 (at character 6 of \"/a%zz\")")]
    [TestCase("/a%ff", "a percent sign must begin an escape of valid UTF-8 (at character 6 of \"/a%ff\")")]
    public void Refuses(string text, string reason) =>
        Assert.That(() => TemplateParser.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo(reason));

    private static string Show(TemplateVariable variable) =>
        $"{variable.FieldPath}[{variable.Start}..{variable.End}){(variable.IsMultiSegment ? "+" : "")}";
}
