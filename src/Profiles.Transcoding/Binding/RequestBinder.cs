using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Profiles.Transcoding.Binding.Forms;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Binding;

/// <summary>Makes the request message of a call from path, query and body.</summary>
internal sealed class RequestBinder(BindingPlan plan, TranscodingRoute route)
{
    private const int StackLimit = 512;

    private readonly TranscodingSettings _settings = route.Settings;
    private readonly QueryBinder _query = new(plan, route.Settings.Options);
    private readonly MultipartForm _multipart = new(route.Settings);

    /// <exception cref="RequestFault">The request is no valid form of the message.</exception>
    public async ValueTask<IMessage> BindAsync(HttpContext context, int skippedSegments, CancellationToken timeIsUp)
    {
        var message = plan.Request.Table.Create();
        BindPath(message, route.PathOf(context), skippedSegments);
        var hasQuery = _query.Bind(message, context.Request.QueryString.Value);
        await BindBodyAsync(message, context, hasQuery, timeIsUp);
        return message;
    }

    private void BindPath(IMessage message, RequestPath path, int skippedSegments)
    {
        if (plan.Path.Length == 0) return;
        var most = TemplateMatcher.MaxCapture(path);
        var utf8 = most <= StackLimit ? stackalloc byte[StackLimit] : new byte[most];
        foreach (var binding in plan.Path)
        {
            if (!TemplateMatcher.TryCapture(route.Parsed, binding.Variable, path, skippedSegments, utf8, out var length))
                throw RequestFault.Field(binding.Variable.FieldPath, Rules.PercentEncoding);

            var target = message;
            foreach (var field in binding.Path.AsSpan(..^1)) target = field.GetOrCreate(target);
            if (!binding.Field.TrySetText(target, utf8[..length]))
                throw RequestFault.Field(binding.Variable.FieldPath, binding.Field.Rule);
        }
    }

    private async ValueTask BindBodyAsync(IMessage message, HttpContext context, bool hasQuery, CancellationToken timeIsUp)
    {
        var digest = ContentDigest.Of(context.Request);
        if (!RequestBody.MayHaveContent(context))
        {
            digest?.Verify(ReadOnlySequence<byte>.Empty);
            BindNoBody(message);
            return;
        }

        var kind = BodyType.Of(context.Request, out var type);
        var form = kind == BodyKind.MultipartForm && TakesForms ? type : null;
        if (form is not null && plan.BodyIsFile && hasQuery)
            throw RequestFault.Invalid("A form has all fields of the request, so that the query must be empty.");
        if (form is not null && digest is null)
        {
            await BindFormAsync(message, context.Request, form, context.Request.BodyReader.AsStream(leaveOpen: true), timeIsUp);
            return;
        }

        var buffer = await RequestBody.ReadAsync(context.Request, _settings.MaxRequestBodySize, timeIsUp);
        try
        {
            digest?.Verify(buffer);
            if (form is not null) await BindFormAsync(message, context.Request, form, PipeReader.Create(buffer).AsStream(), timeIsUp);
            else if (buffer.IsEmpty && !plan.BodyIsRaw) BindNoBody(message);
            else BindContent(message, context.Request, kind, buffer);
        }
        finally
        {
            context.Request.BodyReader.AdvanceTo(buffer.End);
        }
    }

    private async Task BindFormAsync(IMessage message, HttpRequest request, MediaTypeHeaderValue type, Stream body, CancellationToken timeIsUp)
    {
        var form = new FormContent(plan, message, _settings.Options);
        await _multipart.ReadAsync(request, type, body, form, timeIsUp);
        form.End();
    }

    private void BindNoBody(IMessage message)
    {
        plan.Mask?.RefuseNoBody(message);
        if (plan.HasBody && _settings.Options.RequireBody)
            throw RequestFault.Field(plan.BodyField?.Descriptor.Name ?? "", "must have a body");
    }

    private bool TakesForms => plan.TakesForms(_settings.Options);

    /// <summary>The forms of a body that are taken, for people.</summary>
    private string Taken => plan.BodyIsFile
        ? $"application/json in UTF-8{(TakesForms ? ", application/octet-stream or multipart/form-data" : " or application/octet-stream")}"
        : $"application/json{(TakesForms ? " or a form" : "")} in UTF-8";

    private void BindContent(IMessage message, HttpRequest request, BodyKind kind, ReadOnlySequence<byte> body)
    {
        if (!plan.HasBody) throw RequestFault.Invalid($"{request.Method} takes no request body here.");
        if (plan.BodyIsRaw) BindRaw(message, request, body);
        else if (kind == BodyKind.Json) Contiguous(message, body, BindJson);
        else if (kind == BodyKind.EncodedForm && TakesForms && !plan.BodyIsFile) Contiguous(message, body, BindForm);
        else if (kind != BodyKind.Bytes || plan.BodyField is not { } field || !RawContent.TrySet(message, field, null, body))
            throw RequestFault.MediaType($"must be {Taken}, without content encoding");
    }

    private void BindRaw(IMessage message, HttpRequest request, ReadOnlySequence<byte> body)
    {
        if (BodyType.IsEncoded(request)) throw RequestFault.MediaType("must come without content encoding");
        if (plan.BodyField is null) RawContent.Fill(message, request.ContentType, body);
        else RawContent.TrySet(message, plan.BodyField, request.ContentType, body);
    }

    private static void Contiguous(IMessage message, ReadOnlySequence<byte> body, BodyReader read)
    {
        if (body.IsSingleSegment)
        {
            read(message, body.FirstSpan);
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(bytes);
            read(message, bytes.AsSpan(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private void BindForm(IMessage message, ReadOnlySpan<byte> body)
    {
        if (!System.Text.Unicode.Utf8.IsValid(body)) throw RequestFault.Invalid("The form is not in UTF-8.");
        var form = new FormContent(plan, message, _settings.Options);
        EncodedPairs.Read(System.Text.Encoding.UTF8.GetString(body), _settings.Options.MaxFormParts, "form", ignored: null, form.SetText);
        form.End();
    }

    private void BindJson(IMessage message, ReadOnlySpan<byte> json)
    {
        try
        {
            if (plan.BodyIsRequest) BindMessage(message, message, plan.Request, json);
            else if (plan.BodyField!.MaskKind == MaskKind.Message) BindMessageField(message, json);
            else if (_settings.Options.RequireBody && ProtoJson.IsNull(json)) BindNoBody(message);
            else _settings.Json.ReadField(json, message, plan.BodyField, path: "", default);
        }
        catch (ProtoJsonException error)
        {
            throw RequestFault.Body(error, plan.BodyField?.Descriptor.Name ?? "");
        }
    }

    private void BindMessageField(IMessage message, ReadOnlySpan<byte> json)
    {
        if (ProtoJson.IsNull(json))
        {
            BindNoBody(message);
            return;
        }

        var field = plan.BodyField!;
        BindMessage(message, field.GetOrCreate(message), (PlainMessageCodec)MessageCodecs.Find(field.Descriptor.MessageType), json);
    }

    private void BindMessage(IMessage request, IMessage target, PlainMessageCodec codec, ReadOnlySpan<byte> json)
    {
        var noted = plan.Mask?.CreateRecorder();
        _settings.Json.ReadInto(json, target, codec, new ReadContext(noted, plan.BoundInBody));
        plan.Mask?.Infer(request, noted);
    }

    private delegate void BodyReader(IMessage message, ReadOnlySpan<byte> body);
}
