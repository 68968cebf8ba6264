using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Binding;

/// <summary>A path variable and the field that it sets.</summary>
internal sealed record PathBinding(TemplateVariable Variable, JsonField[] Path)
{
    public JsonField Field => Path[^1];
}

/// <summary>Where each part of a request goes. Made once for a route; holds no state of a request.</summary>
internal sealed class BindingPlan
{
    public required PlainMessageCodec Request { get; init; }

    public required PathBinding[] Path { get; init; }

    /// <summary>The body is the whole request message.</summary>
    public bool BodyIsRequest { get; init; }

    /// <summary>The field that the body fills, or null.</summary>
    public JsonField? BodyField { get; init; }

    public bool HasBody => BodyIsRequest || BodyField is not null;

    /// <summary>The body is sent as it is, whatever its type, into a google.api.HttpBody: <see cref="BodyField"/>, or the request itself.</summary>
    public bool BodyIsRaw { get; init; }

    /// <summary>
    /// The fields that a form can fill: those of the body, where it is a message, or of the request, where the body is a file of it;
    /// otherwise null.
    /// </summary>
    public MessageTable? Form { get; init; }

    /// <summary>The body is bytes, one file among the fields of a form, which has all fields of the request.</summary>
    public bool BodyIsFile { get; init; }

    /// <summary>Whether a form may come for the body.</summary>
    public bool TakesForms(JsonTranscodingOptions options) => Form is not null && options.AcceptForms;

    /// <summary>What the path owns of the message that the body fills.</summary>
    public BoundFields? BoundInBody { get; init; }

    /// <summary>What path and body own of the request.</summary>
    public required BoundFields BoundInQuery { get; init; }

    /// <summary>The one field mask of the request, where the body has what it is about.</summary>
    public MaskBinding? Mask { get; init; }
}
