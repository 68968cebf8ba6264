using System.Buffers;
using System.Text;
using Google.Protobuf;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Tests.Support;

internal static class ProtoJsonText
{
    public static string Text(this ProtoJson json, IMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        json.Write(message, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static TMessage Read<TMessage>(this ProtoJson json, string text)
        where TMessage : IMessage, new() => json.Read<TMessage>(Encoding.UTF8.GetBytes(text));
}
