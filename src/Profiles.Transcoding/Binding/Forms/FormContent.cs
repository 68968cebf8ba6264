using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Profiles.Transcoding.Binding.Forms;

/// <summary>Sets the fields of a body that a form gives, and notes their paths for the field mask.</summary>
internal sealed class FormContent
{
    private readonly BindingPlan _plan;
    private readonly IMessage _request;
    private readonly NamedValues _values;
    private readonly List<string>? _paths;

    public FormContent(BindingPlan plan, IMessage request, JsonTranscodingOptions options)
    {
        _plan = plan;
        _request = request;
        var body = plan.BodyField?.GetOrCreate(request) ?? request;
        _values = new NamedValues(body, plan.Form!, plan.BoundInBody, options);
        _paths = plan.MaskInference == MaskInference.None || plan.Mask!.Descriptor.Accessor.GetValue(request) is not null ? null : [];
    }

    /// <summary>The field that the name stands for; null where it may be ignored.</summary>
    public NamedField? Find(string name)
    {
        if (_values.Find(name) is not { } found) return null;
        if (_paths?.Contains(found.Path) == false) _paths.Add(found.Path);
        return found;
    }

    /// <summary>Sets a field from text.</summary>
    public void SetText(string name, ReadOnlySpan<byte> utf8)
    {
        if (Find(name) is { } found) NamedValues.SetText(found, name, utf8);
    }

    /// <summary>Sets the mask of the request, where it is to be inferred.</summary>
    public void End()
    {
        if (_paths is null) return;
        var mask = new FieldMask();
        if (_plan.MaskInference == MaskInference.Everything) mask.Paths.Add("*");
        else mask.Paths.Add(_paths);
        _plan.Mask!.Descriptor.Accessor.SetValue(_request, mask);
    }
}
