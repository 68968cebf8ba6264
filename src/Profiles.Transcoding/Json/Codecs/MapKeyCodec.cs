using System.Globalization;

namespace Profiles.Transcoding.Json.Codecs;

/// <summary>A map key: always the name of a JSON property.</summary>
internal abstract class MapKeyCodec<TKey>
{
    public abstract TKey Read(ref ProtoJsonReader reader);

    public abstract string Text(TKey key);

    public virtual void WriteName(ref ProtoJsonWriter writer, TKey key) => writer.WriteName(Text(key));
}

internal sealed class StringKeyCodec : MapKeyCodec<string>
{
    public override string Read(ref ProtoJsonReader reader) => reader.ReadString();

    public override string Text(string key) => key;
}

/// <summary>Integers and booleans, as text.</summary>
internal sealed class ScalarKeyCodec<TKey>(ValueCodec<TKey> codec) : MapKeyCodec<TKey>
    where TKey : struct, IConvertible
{
    public override TKey Read(ref ProtoJsonReader reader)
    {
        return codec.TryParse(reader.Unescape(), out var key) ? key : throw reader.Fail("key " + codec.Rule);
    }

    public override string Text(TKey key) => key is bool truth ? (truth ? "true" : "false") : key.ToString(CultureInfo.InvariantCulture);
}
