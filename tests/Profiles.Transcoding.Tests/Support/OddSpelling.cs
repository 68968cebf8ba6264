using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Profiles.Transcoding.Tests.Support;

/// <summary>The same JSON as a sender may also spell it: white space between all tokens, every character of a string escaped.</summary>
internal static class OddSpelling
{
    public static string Of(string json)
    {
        var odd = new StringBuilder();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 200 });
        var first = true;
        while (reader.Read())
        {
            var closes = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
            if (!first && !closes) odd.Append(" ,\r\n");
            first = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.PropertyName;
            Append(odd, ref reader);
        }

        return odd.ToString();
    }

    private static void Append(StringBuilder odd, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            odd.Append(Encoding.UTF8.GetString(reader.ValueSpan)).Append('\t');
            return;
        }

        odd.Append('"');
        foreach (var c in reader.GetString()!) odd.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        odd.Append(reader.TokenType == JsonTokenType.PropertyName ? "\" :\n" : "\"");
    }
}
