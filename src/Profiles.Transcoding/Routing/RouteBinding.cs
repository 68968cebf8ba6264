using Google.Protobuf.Reflection;
using Profiles.Transcoding.Binding;
using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding;

/// <summary>
/// What one REST binding takes and gives: where the fields of its messages stand in a request and in a response. For what
/// describes routes to others, such as an OpenAPI document.
/// </summary>
public sealed class RouteBinding
{
    private RouteBinding()
    {
    }

    /// <summary>The segments of the path template, in their order.</summary>
    public required IReadOnlyList<TemplateSegment> Segments { get; init; }

    /// <summary>The variables of the path template, in their order.</summary>
    public required IReadOnlyList<RouteVariable> Variables { get; init; }

    /// <summary>What follows the colon at the end of the path, or <see langword="null"/>.</summary>
    public string? Verb { get; init; }

    /// <summary>Whether the body is the whole request message, so that there is no query.</summary>
    public bool BodyIsRequest { get; init; }

    /// <summary>The field that the body fills, or <see langword="null"/>.</summary>
    public FieldDescriptor? BodyField { get; init; }

    /// <summary>Whether the body is taken as it is, whatever its type, into a google.api.HttpBody.</summary>
    public bool BodyIsRaw { get; init; }

    /// <summary>Whether the body may be a form: multipart, and encoded unless <see cref="BodyIsFile"/>.</summary>
    public bool TakesForms { get; init; }

    /// <summary>
    /// Whether the body is bytes or a google.api.HttpBody beside other fields. A form has all fields of the request then, the body as a
    /// file, and there is no query beside it.
    /// </summary>
    public bool BodyIsFile { get; init; }

    /// <summary>The field mask that follows from the body unless it is sent; <see langword="null"/> where none does.</summary>
    public FieldDescriptor? InferredMask { get; init; }

    /// <summary>How <see cref="InferredMask"/> follows from the body.</summary>
    public MaskInference MaskInference { get; init; }

    /// <summary>
    /// The field of the request that <see cref="InferredMask"/> is about; <see langword="null"/> where that is the request itself, and
    /// where there is no such mask.
    /// </summary>
    public FieldDescriptor? MaskResource { get; init; }

    /// <summary>The field that stands for all of the response, or <see langword="null"/>.</summary>
    public FieldDescriptor? ResponseField { get; init; }

    /// <summary>What the method says that it answers beside 200, by status.</summary>
    public IReadOnlyList<HttpAnswerAttribute> Answers { get; init; } = [];

    /// <summary>Whether a path or query parameter, or a field of a form, can hold the field, or one element of it.</summary>
    /// <param name="field">A field of a message that some route takes.</param>
    public static bool HasTextForm(FieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Table(field.ContainingType).Find(field)!.AcceptsText;
    }

    /// <summary>Whether the field is a single message whose fields have names of their own in a query: <c>field.inner</c>.</summary>
    /// <param name="field">A field of a message that some route takes.</param>
    public static bool HasNamedFields(FieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Table(field.ContainingType).Find(field)!.MaskKind == MaskKind.Message;
    }

    internal static RouteBinding Create(
        HttpTemplate template, BindingPlan plan, JsonField? response, JsonTranscodingOptions options, IReadOnlyList<HttpAnswerAttribute> answers)
    {
        var mask = plan.Mask is { IsInferred: true } inferred ? inferred : null;
        return new RouteBinding
        {
            Segments = template.Segments,
            Variables = Array.ConvertAll(plan.Path, RouteVariable.Create),
            Verb = template.Verb,
            BodyIsRequest = plan.BodyIsRequest,
            BodyField = plan.BodyField?.Descriptor,
            BodyIsRaw = plan.BodyIsRaw,
            TakesForms = plan.TakesForms(options),
            BodyIsFile = plan.BodyIsFile,
            InferredMask = mask?.Field.Descriptor,
            MaskInference = mask?.Inference ?? MaskInference.None,
            MaskResource = mask?.Resource?.Descriptor,
            ResponseField = response?.Descriptor,
            Answers = answers,
        };
    }

    private static MessageTable Table(MessageDescriptor message) => ((PlainMessageCodec)MessageCodecs.Find(message)).Table;
}

/// <summary>A variable of a path template.</summary>
/// <param name="Path">The field that it sets, and before it the message fields that hold it.</param>
/// <param name="Start">Its first segment.</param>
/// <param name="End">The segment after its last one.</param>
/// <param name="IsMultiSegment">Whether it can take several segments; then <c>%2F</c> in it is not decoded.</param>
public sealed record RouteVariable(IReadOnlyList<FieldDescriptor> Path, int Start, int End, bool IsMultiSegment)
{
    /// <summary>The field that it sets.</summary>
    public FieldDescriptor Field => Path[^1];

    internal static RouteVariable Create(PathBinding binding) => new(
        Array.ConvertAll(binding.Path, field => field.Descriptor),
        binding.Variable.Start,
        binding.Variable.End,
        binding.Variable.IsMultiSegment);
}
