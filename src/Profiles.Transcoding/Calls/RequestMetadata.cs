using System.Collections.Frozen;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Binding;

namespace Profiles.Transcoding.Calls;

/// <summary>
/// Request headers as gRPC metadata: without those of the connection and the body, and with the prefix
/// <c>grpc-metadata-</c> taken off. What cannot be metadata is left out.
/// </summary>
internal static class RequestMetadata
{
    private const string Prefix = "grpc-metadata-";

    private static readonly FrozenSet<string> s_skipped = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings",
            "content-length", "content-type", "content-encoding", .. ContentDigest.Headers, "host", "expect",
            "grpc-timeout", "grpc-encoding", "grpc-accept-encoding",
        ]);

    public static Metadata From(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(':') || s_skipped.Contains(name)) continue;
            var prefixed = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
            var key = (prefixed ? name[Prefix.Length..] : name).ToLowerInvariant();
            if (!IsKey(key) || (prefixed && s_skipped.Contains(key))) continue;
            foreach (var value in values) Add(metadata, key, value ?? "");
        }

        return metadata;
    }

    private static void Add(Metadata metadata, string key, string value)
    {
        if (!key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            metadata.Add(key, value);
            return;
        }

        if (Json.Codecs.Base64Text.TryDecode(System.Text.Encoding.UTF8.GetBytes(value), out var bytes)) metadata.Add(key, bytes);
    }

    private static bool IsKey(string key)
    {
        foreach (var c in key)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_' or '.')) return false;
        }

        return key.Length > 0;
    }
}
