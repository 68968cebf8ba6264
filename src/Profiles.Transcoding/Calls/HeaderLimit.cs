using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Calls;

/// <summary>A limit on headers that is answered in the form of all errors; the server's own is answered without a body.</summary>
internal static class HeaderLimit
{
    // "name: value\r\n" on the wire of HTTP/1.1.
    private const int LineOverhead = 4;

    public static void Check(IHeaderDictionary headers, int? limit)
    {
        if (limit is not { } most) return;
        var size = 0L;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values) size += name.Length + (value?.Length ?? 0) + LineOverhead;
        }

        if (size > most) throw RequestFault.HeadersTooLarge(most);
    }
}
