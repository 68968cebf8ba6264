using System.Buffers;
using System.Collections.Frozen;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Profiles.Transcoding.Calls;

/// <summary>Metadata of a service as response headers.</summary>
internal static class ResponseHeaders
{
    private static readonly SearchValues<char> s_printable =
        SearchValues.Create(string.Concat(Enumerable.Range(' ', 95).Select(c => (char)c)) + "\t");

    // The transcoder and the server own these.
    private static readonly FrozenSet<string> s_owned = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "connection", "keep-alive", "transfer-encoding", "upgrade", "trailer", "te",
        "content-length", "content-type", "content-encoding", "date", "server");

    public static void Append(HttpResponse response, Metadata metadata, TranscodingRoute route)
    {
        foreach (var entry in metadata)
        {
            if (s_owned.Contains(entry.Key) || entry.Key.StartsWith("grpc-", StringComparison.Ordinal)) continue;
            var value = entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value;
            if (value.AsSpan().ContainsAnyExcept(s_printable)) TranscodingLog.HeaderDropped(route.Settings.Logger, route.FullName, entry.Key);
            else response.Headers.Append(entry.Key, value);
        }
    }
}
