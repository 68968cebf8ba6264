using System.Text;

namespace Profiles.Transcoding.Routing;

/// <summary>
/// Parses a path template by the grammar of google/api/http.proto:
/// <code>
/// Template = "/" Segments [ Verb ] ;
/// Segments = Segment { "/" Segment } ;
/// Segment  = "*" | "**" | LITERAL | Variable ;
/// Variable = "{" FieldPath [ "=" Segments ] "}" ;
/// FieldPath = IDENT { "." IDENT } ;
/// Verb     = ":" LITERAL ;
/// </code>
/// LITERAL is one or more characters that RFC 3986 allows in a path segment, without <c>:</c>, <c>*</c> and <c>=</c>, which have
/// a meaning of their own here. <c>**</c> must be the last segment, as that file says.
/// </summary>
internal sealed class TemplateParser
{
    private const string LiteralMarks = "-_.~!$&'()+,;@%";

    private readonly string _text;
    private readonly List<TemplateSegment> _segments = [];
    private readonly List<TemplateVariable> _variables = [];
    private int _at;

    private TemplateParser(string text) => _text = text;

    /// <exception cref="FormatException">The text is no template; the message says why and where.</exception>
    public static HttpTemplate Parse(string text) => new TemplateParser(text).ParseTemplate();

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private HttpTemplate ParseTemplate()
    {
        Expect('/', "a template begins with \"/\"");
        ParseSegments(inVariable: false);
        string? verb = null;
        if (Current == ':')
        {
            _at++;
            verb = ParseLiteral("a verb");
        }

        if (_at < _text.Length) throw Fail($"'{Current}' is not expected here");
        return new HttpTemplate(_text, [.. _segments], [.. _variables], verb);
    }

    private void ParseSegments(bool inVariable)
    {
        ParseSegment(inVariable);
        while (Current == '/')
        {
            if (_segments[^1].Kind == SegmentKind.Rest) throw Fail("\"**\" must be the last segment");
            _at++;
            ParseSegment(inVariable);
        }
    }

    private void ParseSegment(bool inVariable)
    {
        switch (Current)
        {
            case '*':
                ParseWildcard();
                break;
            case '{' when inVariable:
                throw Fail("a variable cannot hold another variable");
            case '{':
                ParseVariable();
                break;
            default:
                _segments.Add(new TemplateSegment(SegmentKind.Literal, Decode(ParseLiteral("a segment"))));
                break;
        }
    }

    private void ParseWildcard()
    {
        _at++;
        if (Current != '*')
        {
            _segments.Add(new TemplateSegment(SegmentKind.Any, ""));
            return;
        }

        _at++;
        _segments.Add(new TemplateSegment(SegmentKind.Rest, ""));
    }

    private void ParseVariable()
    {
        _at++;
        var field = ParseFieldPath();
        var start = _segments.Count;
        if (Current == '=')
        {
            _at++;
            ParseSegments(inVariable: true);
        }
        else
        {
            _segments.Add(new TemplateSegment(SegmentKind.Any, ""));
        }

        Expect('}', "a variable ends with \"}\"");
        if (_variables.Exists(variable => variable.FieldPath == field)) throw Fail($"the variable \"{field}\" is there twice");
        var multi = _segments.Count - start > 1 || _segments[^1].Kind == SegmentKind.Rest;
        _variables.Add(new TemplateVariable(field, start, _segments.Count, multi));
    }

    private string ParseFieldPath()
    {
        var start = _at;
        ParseIdentifier();
        while (Current == '.')
        {
            _at++;
            ParseIdentifier();
        }

        return _text[start.._at];
    }

    private void ParseIdentifier()
    {
        if (!char.IsAsciiLetter(Current) && Current != '_') throw Fail("a field name is expected here");
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_') _at++;
    }

    private string ParseLiteral(string what)
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || (Current != '\0' && LiteralMarks.Contains(Current, StringComparison.Ordinal))) _at++;
        return _at > start ? _text[start.._at] : throw Fail($"{what} is expected here");
    }

    private string Decode(string literal)
    {
        var utf8 = new byte[literal.Length];
        return PercentDecoder.TryDecode(literal, utf8, PercentDecoding.Segment, out var length)
            ? Encoding.UTF8.GetString(utf8, 0, length)
            : throw Fail("a percent sign must begin an escape of valid UTF-8");
    }

    private void Expect(char expected, string reason)
    {
        if (Current != expected) throw Fail(reason);
        _at++;
    }

    private FormatException Fail(string reason) => new($"{reason} (at character {_at + 1} of \"{_text}\")");
}
