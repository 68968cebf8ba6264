using System.Buffers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Profiles.Contracts.Nexconn.V4;
using Profiles.Core.Errors;
using Profiles.Transcoding.Json;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>Profiles as texts that hold JSON, as the forms have them.</summary>
internal static class ProfileTexts
{
    private const string NotText = "must be text in UTF-8";

    private static readonly ProtoJson Json = new(ProtoJsonOptions.Default);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a basic profile.</summary>
    /// <exception cref="ProfilesException">It is none.</exception>
    public static UserProfile ReadBasic(string field, string text) => Read<UserProfile>(field, text);

    /// <summary>Reads an extended profile; an empty text is one without pairs.</summary>
    /// <exception cref="ProfilesException">It is no object of texts.</exception>
    public static MapField<string, string> ReadExtended(string field, string text)
    {
        var extended = new MapField<string, string>();
        if (text.Length == 0)
            return extended;
        foreach (var (key, value) in Read<Struct>(field, text).Fields)
        {
            if (value.KindCase != Value.KindOneofCase.StringValue)
                throw ProfilesException.Invalid($"{field}[\"{key}\"]", "must be a JSON string");
            extended.Add(key, value.StringValue);
        }

        return extended;
    }

    /// <summary>Writes a basic profile.</summary>
    public static string Write(UserProfile profile) => WriteMessage(profile);

    /// <summary>Writes an extended profile.</summary>
    public static string Write(IReadOnlyDictionary<string, string> extended)
    {
        var pairs = new Struct();
        foreach (var (key, value) in extended)
            pairs.Fields.Add(key, Value.ForString(value));
        return WriteMessage(pairs);
    }

    private static T Read<T>(string field, string text)
        where T : IMessage, new()
    {
        try
        {
            return Json.Read<T>(Strict.GetBytes(text));
        }
        catch (ProtoJsonException exception)
        {
            throw ProfilesException.Invalid(exception.Path.Length == 0 ? field : $"{field}.{exception.Path}", exception.Rule);
        }
        catch (EncoderFallbackException)
        {
            throw ProfilesException.Invalid(field, NotText);
        }
    }

    private static string WriteMessage(IMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        Json.Write(message, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
