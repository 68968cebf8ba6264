using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Errors;

/// <summary>The details of a google.rpc.Status.</summary>
internal static class ErrorDetails
{
    /// <summary>A detail that JSON cannot express must not hide the error that it belongs to.</summary>
    public static void RemoveUnknown(RepeatedField<Any> details, ProtoJson json)
    {
        for (var i = details.Count - 1; i >= 0; i--)
        {
            using var probe = new PooledBuffer();
            try
            {
                json.Write(details[i], probe);
            }
            catch (Exception error) when (error is InvalidOperationException or InvalidProtocolBufferException)
            {
                details.RemoveAt(i);
            }
        }
    }
}
