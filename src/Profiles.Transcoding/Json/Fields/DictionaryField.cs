using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>A map field.</summary>
internal sealed class DictionaryField<TMessage, TKey, TValue>(FieldDescriptor descriptor, MapKeyCodec<TKey> keys, ValueCodec<TValue> values)
    : JsonField(descriptor)
    where TMessage : class, IMessage
    where TKey : notnull
{
    private readonly Func<TMessage, MapField<TKey, TValue>> _get = Accessors.Getter<TMessage, MapField<TKey, TValue>>(descriptor);

    public override MaskKind MaskKind => MaskKind.Map;

    public override string Rule => Rules.Object;

    public override void Read(ref ProtoJsonReader reader, IMessage message)
    {
        if (reader.Json.TokenType != JsonTokenType.StartObject) throw reader.Fail(Rules.Object);
        var mask = reader.Mask;
        var map = _get((TMessage)message);
        var noted = mask is null ? null : new HashSet<TKey>();
        // An empty map gives no path: nothing in it is to be changed, and null is how it is cleared.
        for (var count = 1; reader.ReadProperty(); count++)
        {
            if (typeof(TKey) != typeof(string)) reader.CountCollisions(count);
            var key = keys.Read(ref reader);
            if (noted?.Add(key) == false) throw reader.Fail(Rules.Repeated);

            mask?.AddKey(keys.Text(key));
            ReadEntry(ref reader, map, key);
        }
    }

    public override void Write(ref ProtoJsonWriter writer, IMessage message)
    {
        if (_get((TMessage)message).Count == 0 && !writer.Options.WriteDefaultValues) return;
        WriteName(ref writer);
        WriteValue(ref writer, message);
    }

    public override void WriteValue(ref ProtoJsonWriter writer, IMessage message)
    {
        writer.StartObject();
        foreach (var (key, value) in _get((TMessage)message))
        {
            keys.WriteName(ref writer, key);
            values.Write(ref writer, value);
        }

        writer.EndObject();
    }

    // Where the mask is of the keys, a null value means "remove this key": it is in the mask and not in the map.
    private void ReadEntry(ref ProtoJsonReader reader, MapField<TKey, TValue> map, TKey key)
    {
        var (mask, name) = (reader.Mask, reader.Json.TokenStartIndex);
        reader.Json.Read();
        if (reader.Json.TokenType == JsonTokenType.Null && !values.AcceptsNull)
        {
            if (mask?.ClearsKeys != true) throw reader.Fail(Rules.Null);
            return;
        }

        reader.Mask = null;
        if (values.TryRead(ref reader, out var value)) Add(map, key, value, name);
        reader.Mask = mask;
    }

    // One look-up instead of three: a key that was there does not make the map larger.
    private static void Add(MapField<TKey, TValue> map, TKey key, TValue value, long name)
    {
        var before = map.Count;
        map[key] = value;
        if (map.Count == before) throw new JsonFault(Rules.Repeated, name);
    }
}
