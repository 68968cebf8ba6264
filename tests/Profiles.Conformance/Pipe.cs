using System.Buffers.Binary;
using Conformance;
using Google.Protobuf;

namespace Profiles.Conformance;

/// <summary>The runner's protocol: each message after its length in four bytes, little-endian.</summary>
internal static class Pipe
{
    /// <summary>Answers one request after the other until the runner closes its end.</summary>
    public static void Serve(Stream requests, Stream answers, Func<ConformanceRequest, ConformanceResponse> answer)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        while (requests.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) == length.Length)
        {
            var request = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            requests.ReadExactly(request);
            var response = answer(ConformanceRequest.Parser.ParseFrom(request));

            BinaryPrimitives.WriteInt32LittleEndian(length, response.CalculateSize());
            answers.Write(length);
            response.WriteTo(answers);
            answers.Flush();
        }
    }
}
