using System.Buffers;
using System.Buffers.Text;
using Grpc.Core;
using Microsoft.Extensions.Primitives;

namespace Profiles.Server.Messages;

/// <summary>
/// The headers that gRPC can hand on as metadata. The gRPC server reads them all when a method asks for one, and fails at the first
/// that it cannot read; REST leaves such headers out as well.
/// </summary>
internal static class MetadataHeaders
{
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Takes out the headers that are no metadata: those with other letters in their names, and <c>…-bin</c> that is not base64.</summary>
    public static void LeaveOutOthers(IHeaderDictionary headers)
    {
        List<string>? others = null;
        foreach (var (name, values) in headers)
        {
            if (!IsMetadata(name, values))
                (others ??= []).Add(name);
        }

        foreach (var name in others ?? [])
            headers.Remove(name);
    }

    // The server leaves the pseudo-headers of HTTP/2 out by itself.
    private static bool IsMetadata(string name, StringValues values) =>
        name.StartsWith(':')
        || (!name.AsSpan().ContainsAnyExcept(KeyCharacters)
            && (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase) || IsBase64(values)));

    // Padding may be left out (gRPC over HTTP/2). The server reads several values as one text.
    private static bool IsBase64(StringValues values)
    {
        var text = values.ToString();
        return Base64.IsValid(text + new string('=', -text.Length & 3));
    }
}
