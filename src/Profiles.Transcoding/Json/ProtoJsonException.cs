namespace Profiles.Transcoding.Json;

/// <summary>A JSON text that is no valid form of the message. Every part is safe to show to the sender.</summary>
public sealed class ProtoJsonException : Exception
{
    /// <summary>Describes what is wrong, and where.</summary>
    /// <param name="rule">What the value must be.</param>
    /// <param name="path">The field path in proto names, or an empty string for the whole text.</param>
    /// <param name="line">Line, from 1.</param>
    /// <param name="column">Byte in the line, from 1.</param>
    public ProtoJsonException(string rule, string path, long line, long column)
        : base(path.Length == 0 ? rule : path + ": " + rule)
    {
        Rule = rule;
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>What the value must be, for instance "must be a JSON object".</summary>
    public string Rule { get; }

    /// <summary>The field path, for instance <c>profile.attributes["a"]</c> or <c>items[3].name</c>; names as in the .proto file.</summary>
    public string Path { get; }

    /// <summary>The line of the offending token, counted from 1.</summary>
    public long Line { get; }

    /// <summary>The first byte of the offending token in its line, counted from 1.</summary>
    public long Column { get; }
}

/// <summary>What the codecs throw: the place is a byte offset only, and its path is found by a second walk over the text.</summary>
internal sealed class JsonFault(string rule, long offset) : Exception(rule)
{
    public long Offset { get; } = offset;
}
