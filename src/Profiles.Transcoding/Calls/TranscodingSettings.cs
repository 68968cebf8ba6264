using Google.Protobuf.Reflection;
using Microsoft.Extensions.Logging;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Calls;

/// <summary>The options of one service, in force from its mapping on.</summary>
internal sealed class TranscodingSettings
{
    // First, since of two files with one name the registry takes the first.
    private static readonly FileDescriptor[] s_known =
    [
        Errors.Details.ErrorDetailsReflection.Descriptor,
        Google.Rpc.StatusReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.StructReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.WrappersReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.TimestampReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.FieldMaskReflection.Descriptor,
        Google.Protobuf.WellKnownTypes.EmptyReflection.Descriptor,
    ];

    private TranscodingSettings(JsonTranscodingOptions options, ProtoJson json, ILogger logger)
    {
        Options = options;
        Json = json;
        Logger = logger;
        ErrorWriter = options.ErrorWriter ?? StatusErrorWriter.Instance;
    }

    public JsonTranscodingOptions Options { get; }

    public ProtoJson Json { get; }

    public ILogger Logger { get; }

    public ITranscodingErrorWriter ErrorWriter { get; }

    public required TimeProvider Clock { get; init; }

    /// <summary>In bytes; null for no limit of ours.</summary>
    public int? MaxRequestBodySize { get; init; }

    /// <summary>In bytes; null for no limit.</summary>
    public int? MaxResponseBodySize { get; init; }

    /// <summary>The text of unexpected exceptions is sent, as the gRPC option of that name says.</summary>
    public bool DetailedErrors { get; init; }

    public static TranscodingSettings Create(
        JsonTranscodingOptions options, FileDescriptor? service, GrpcLimits limits, TimeProvider clock, ILogger logger)
    {
        options.Validate();
        FileDescriptor[] own = service is null ? [] : [service];
        var json = new ProtoJson(new ProtoJsonOptions
        {
            IgnoreUnknownFields = options.IgnoreUnknownFields,
            WriteDefaultValues = options.WriteDefaultValues,
            UseProtoFieldNames = options.UseProtoFieldNames,
            WriteEnumsAsNumbers = options.WriteEnumsAsNumbers,
            MaxDepth = options.MaxDepth,
            MaxElements = options.MaxElements,
            TypeRegistry = TypeRegistry.FromFiles([.. s_known, .. own, .. options.TypeFiles]),
        });
        return new TranscodingSettings(options, json, logger)
        {
            Clock = clock,
            MaxRequestBodySize = options.MaxRequestBodySize ?? limits.MaxReceive,
            MaxResponseBodySize = limits.MaxSend,
            DetailedErrors = limits.DetailedErrors,
        };
    }
}

/// <summary>What the gRPC options of a service say that holds for REST too.</summary>
internal readonly record struct GrpcLimits(int? MaxReceive, int? MaxSend, bool DetailedErrors);
