using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Binding;

/// <summary>What a request that sends no field mask means.</summary>
public enum MaskInference
{
    /// <summary>Nothing: the mask stays unset.</summary>
    None,

    /// <summary>The fields whose JSON keys are present (PATCH, and where the method asks for it).</summary>
    FromKeys,

    /// <summary>All fields (PUT).</summary>
    Everything,
}

/// <summary>The one field mask of a request, whose body has what the mask is about.</summary>
/// <param name="Field">The mask.</param>
/// <param name="Resource">The field of the request that it is about; null for the request itself.</param>
/// <param name="Table">The fields that its paths begin with.</param>
/// <param name="BodyIsRequest">The body is the whole request, so that it may have other fields, and the mask.</param>
/// <param name="Inference">What it is when it is not sent.</param>
internal sealed record MaskBinding(JsonField Field, JsonField? Resource, MessageTable Table, bool BodyIsRequest, MaskInference Inference)
{
    public bool IsInferred => Inference != MaskInference.None;

    /// <summary>Notes what a body has; null where that does not matter.</summary>
    public MaskRecorder? CreateRecorder()
    {
        var within = BodyIsRequest ? Resource?.Descriptor.Name : null;
        var notes = Inference == MaskInference.FromKeys;
        return notes || (IsInferred && within is not null) ? new MaskRecorder(within, notes) : null;
    }

    /// <summary>Sets the mask that follows from what a body had, unless the request sent one.</summary>
    /// <exception cref="RequestFault">The body had nothing that a mask can be about.</exception>
    public void Infer(IMessage request, MaskRecorder? recorder)
    {
        if (!IsInferred || IsSent(request)) return;
        if (recorder is { HasResource: false }) throw Missing();
        if (recorder is { IsOverflowing: true }) throw RequestFault.Invalid($"The body changes more than {MaskRecorder.MaxPaths} fields.");

        var mask = new FieldMask();
        if (recorder is null || Inference == MaskInference.Everything) mask.Paths.Add("*");
        else mask.Paths.Add(recorder.Paths.Where(path => !IsMask(path)).Distinct()); // a list may come in several parts of a form
        Field.Descriptor.Accessor.SetValue(request, mask);
    }

    /// <exception cref="RequestFault">A mask is to follow from the body, and there is none.</exception>
    public void RefuseNoBody(IMessage request)
    {
        if (IsInferred && !IsSent(request)) throw Missing();
    }

    // Absent, it would mean everything to most services.
    private RequestFault Missing() => Resource is null
        ? RequestFault.Field("", "must have a body")
        : RequestFault.Field(Resource.Descriptor.Name, "must be in the request body");

    private bool IsSent(IMessage request) => Field.Descriptor.Accessor.GetValue(request) is not null;

    // A mask that is null is as good as none.
    private bool IsMask(string path) => BodyIsRequest && Resource is null && path == Field.Descriptor.Name;
}
