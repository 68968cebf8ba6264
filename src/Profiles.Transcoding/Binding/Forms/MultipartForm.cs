using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Binding.Forms;

/// <summary>
/// Reads <c>multipart/form-data</c> (RFC 7578) part by part, as it arrives. A part is text for a field, JSON where its type
/// says so or the field has no text form, or a file for a field of bytes; its file name goes nowhere.
/// </summary>
internal sealed class MultipartForm(TranscodingSettings settings)
{
    private const int MaxBoundary = 70; // RFC 2046, section 5.1.1
    private const int MaxPartHeaders = 16;
    private const int MaxPartHeadersLength = 4096;
    private const int MinimumRead = 4096;

    public async Task ReadAsync(HttpRequest request, MediaTypeHeaderValue type, Stream body, FormContent form, CancellationToken timeIsUp)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundary) throw RequestFault.Invalid("The header content-type must name a boundary of 1 to 70 characters.");

        var reader = new MultipartReader(boundary, body)
        {
            HeadersCountLimit = MaxPartHeaders,
            HeadersLengthLimit = MaxPartHeadersLength,
        };
        var left = settings.MaxRequestBodySize ?? long.MaxValue;
        for (var count = 1; await NextAsync(reader, request, timeIsUp) is { } part; count++)
        {
            if (count > settings.Options.MaxFormParts) throw RequestFault.Invalid($"The form has more than {settings.Options.MaxFormParts} parts.");
            using var content = new PooledBuffer();
            await ReadAsync(part, content, left, request, timeIsUp);
            left -= content.Written.Length;
            BindPart(part, content.Written, form);
        }
    }

    private void BindPart(MultipartSection part, ReadOnlyMemory<byte> content, FormContent form)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw RequestFault.Invalid("Each part of the form must have a content-disposition of form-data.");
        }

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        if (name.Length == 0) throw RequestFault.Invalid("Each part of the form must have a name.");
        var isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue;
        if (isFile && content.IsEmpty && IsNothingChosen(disposition)) return;
        if (isFile && settings.Options.FileField is { } field && !form.Knows(name)) name = field;
        if (form.Find(name) is not { } found) return;
        if (IsEncoded(part)) throw NamedValues.Fault(name, "must come as it is, without content-transfer-encoding");

        if (form.TrySetRaw(found, part.ContentType, content)) return;
        BindValue(part, name, found, content.Span, isFile, form);
    }

    // What a page sends for a file that its user did not choose: a file without name or content, and no wish to clear anything.
    private static bool IsNothingChosen(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileName).Length == 0 && disposition.FileNameStar.Length == 0;

    // Long out of use (RFC 7578, section 4.7). What it says is decoded nowhere, and must not be taken for the content.
    private static bool IsEncoded(MultipartSection part) =>
        part.Headers?.TryGetValue("content-transfer-encoding", out var encoding) == true
        && encoding.ToString().Trim().ToLowerInvariant() is not ("7bit" or "8bit" or "binary");

    private void BindValue(MultipartSection part, string name, NamedField found, ReadOnlySpan<byte> content, bool isFile, FormContent form)
    {
        if (!MediaTypeHeaderValue.TryParse(part.ContentType ?? "text/plain", out var type)) throw NamedValues.Fault(name, "has a content-type that is none");
        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw NamedValues.Fault(name, "must be in UTF-8");
        var isJson = type.MediaType.Equals(Accepted.Json, StringComparison.OrdinalIgnoreCase);
        // A page can say that a part is JSON of a Blob only, which always has a file name.
        if (isFile && !isJson) throw NamedValues.Fault(name, "holds no file");
        // Most send objects as text, whose type a page cannot say.
        if (isJson || !found.Field.AcceptsText) BindJson(name, found, content, form);
        else if (!Utf8.IsValid(content)) throw NamedValues.Fault(name, Rules.Unicode);
        else form.SetText(found, name, content);
    }

    private void BindJson(string name, NamedField found, ReadOnlySpan<byte> json, FormContent form)
    {
        try
        {
            form.SetJson(found, json, settings.Json);
        }
        catch (ProtoJsonException error)
        {
            throw RequestFault.Body(error, ProtoJsonReader.Clip(name));
        }
    }

    private static Task<MultipartSection?> NextAsync(MultipartReader reader, HttpRequest request, CancellationToken timeIsUp) =>
        FormReading.GuardAsync(request, () => reader.ReadNextSectionAsync(CancellationToken.None), timeIsUp);

    private static Task<bool> ReadAsync(MultipartSection part, PooledBuffer content, long limit, HttpRequest request, CancellationToken timeIsUp) =>
        FormReading.GuardAsync(
            request,
            async () =>
            {
                int length;
                while ((length = await part.Body.ReadAsync(content.GetMemory(MinimumRead), CancellationToken.None)) > 0)
                {
                    content.Advance(length);
                    if (content.Written.Length > limit) throw RequestFault.TooLarge(limit);
                }

                return true;
            },
            timeIsUp);
}
