using System.Buffers;
using Google.Protobuf;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Binding.Forms;

/// <summary>Sets the fields of a body that a form gives, and notes their paths for the field mask.</summary>
internal sealed class FormContent
{
    private readonly BindingPlan _plan;
    private readonly IMessage _request;
    private readonly NamedValues _values;
    private readonly MaskRecorder? _mask;

    public FormContent(BindingPlan plan, IMessage request, JsonTranscodingOptions options)
    {
        _plan = plan;
        _request = request;
        var body = plan.BodyIsFile ? request : plan.BodyField?.GetOrCreate(request) ?? request;
        _values = new NamedValues(body, plan.Form!, plan.BoundInBody, options.MaxDepth, options.IgnoreUnknownFields);
        _mask = plan.Mask?.CreateRecorder();
    }

    /// <summary>Whether there is such a field, as far as its first part says.</summary>
    public bool Knows(string name) => _plan.Form!.TryFind(System.Text.Encoding.UTF8.GetBytes(name.Split('.')[0]), out _);

    /// <summary>The field that the name stands for; null where it may be ignored.</summary>
    public NamedField? Find(string name) => _values.Find(name);

    /// <summary>Sets a field from text.</summary>
    public void SetText(string name, ReadOnlySpan<byte> utf8)
    {
        if (Find(name) is { } found) SetText(found, name, utf8);
    }

    /// <inheritdoc cref="SetText(string, ReadOnlySpan{byte})"/>
    public void SetText(NamedField found, string name, ReadOnlySpan<byte> utf8)
    {
        NamedValues.SetText(found, name, utf8);
        _mask?.Add(found.Path);
    }

    /// <summary>Sets a field from JSON.</summary>
    /// <exception cref="ProtoJsonException">It is no JSON form of the field.</exception>
    public void SetJson(NamedField found, ReadOnlySpan<byte> json, ProtoJson reader) =>
        reader.ReadField(json, found.Target, found.Field, found.Path, new ReadContext(_mask, found.Bound));

    /// <summary>Sets a field that holds bytes as they are.</summary>
    /// <returns>Whether the field is such a one.</returns>
    public bool TrySetRaw(NamedField found, string? contentType, ReadOnlyMemory<byte> content)
    {
        if (found.Bound is not null || !RawContent.TrySet(found.Target, found.Field, contentType, new ReadOnlySequence<byte>(content))) return false;
        _mask?.Add(found.Path);
        return true;
    }

    /// <summary>Sets the mask of the request, where it is to be inferred.</summary>
    public void End()
    {
        _plan.Mask?.Infer(_request, _mask);
    }
}
