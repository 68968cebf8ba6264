using Grpc.Core;
using Profiles.Core.Pictures;

namespace Profiles.Server.Services;

/// <summary>What is said with a picture to browsers and caches.</summary>
internal static class PictureHeaders
{
    // A picture never changes: what has it need not ask again.
    private const string Immutable = "public, max-age=31536000, immutable";

    // Shorter than the address at the object store is good for.
    private const string ForAddress = "public, max-age=300";

    /// <summary>The headers of an answer that has a picture, or the address of one.</summary>
    public static Metadata Of(PictureContent picture)
    {
        var headers = new Metadata
        {
            { "cache-control", picture.Address is null ? Immutable : ForAddress },
            // Pages of other origins may show it, those too that load nothing which does not say so.
            { "cross-origin-resource-policy", "cross-origin" },
        };
        if (picture.Address is { } address)
            headers.Add("location", address.AbsoluteUri);
        else
            headers.Add("etag", $"\"{picture.Etag}\"");
        return headers;
    }
}
