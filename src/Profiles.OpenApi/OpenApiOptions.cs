using System.Reflection;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Profiles.Transcoding;

namespace Profiles.OpenApi;

/// <summary>What an OpenAPI document says beyond the contracts. Read once, when the document is first asked for.</summary>
public sealed class OpenApiOptions
{
    /// <summary>The resource of an assembly that <see cref="AddDescriptorSet(Assembly)"/> reads.</summary>
    public const string DescriptorSetResource = "descriptors.binpb";

    /// <summary>The title of the API. Default <c>API</c>.</summary>
    public string Title { get; set; } = "API";

    /// <summary>The version of the API. Default <c>v1</c>.</summary>
    public string Version { get; set; } = "v1";

    /// <summary>What the API is, in Markdown. Default: nothing.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>Base URLs at which the API is served. Default none: readers take the address of the document itself.</summary>
    public IList<string> Servers { get; } = [];

    /// <summary>Which routes the document shows. Default: all. Two documents may share the routes out between them.</summary>
    public Func<TranscodingRoute, bool> Include { get; set; } = _ => true;

    /// <summary>
    /// The tag under which the operations of a service stand. Default: the service's name without its package. Of services with the
    /// same tag the first one describes it.
    /// </summary>
    public Func<ServiceDescriptor, string> TagOf { get; set; } = service => service.Name;

    /// <summary>
    /// Ways to authenticate, by name, each a Security Scheme Object. Default: none. An operation needs one of them only where
    /// <see cref="ConfigureOperation"/> says so.
    /// </summary>
    public IDictionary<string, JsonObject> SecuritySchemes { get; } = new Dictionary<string, JsonObject>(StringComparer.Ordinal);

    /// <summary>
    /// How many messages deep the fields of a query are listed, 0 or more. Default 4. A recursive message is listed once at most;
    /// what is not listed can be sent nevertheless.
    /// </summary>
    public int MaxQueryDepth { get; set; } = 4;

    internal List<FileDescriptorSet> DescriptorSets { get; } = [];

    internal List<Action<OpenApiOperation>> OperationSteps { get; } = [];

    internal List<Action<JsonObject>> DocumentSteps { get; } = [];

    /// <summary>
    /// Takes the comments of .proto files from a serialized google.protobuf.FileDescriptorSet, as
    /// <c>protoc --include_source_info --descriptor_set_out</c> writes it. Without any, nothing is described.
    /// </summary>
    /// <param name="serialized">The bytes.</param>
    public void AddDescriptorSet(Stream serialized) => DescriptorSets.Add(FileDescriptorSet.Parser.ParseFrom(serialized));

    /// <summary>The same from the resource <see cref="DescriptorSetResource"/> of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <exception cref="ArgumentException">It has no such resource.</exception>
    public void AddDescriptorSet(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);

        using var resource = assembly.GetManifestResourceStream(DescriptorSetResource)
            ?? throw new ArgumentException($"{assembly.GetName().Name} has no resource {DescriptorSetResource}.", nameof(assembly));
        AddDescriptorSet(resource);
    }

    /// <summary>Changes each operation after it was made from the contract: security, headers, answers of the host's own.</summary>
    /// <param name="step">Called once for each route, in the order of the document; several steps in theirs.</param>
    public void ConfigureOperation(Action<OpenApiOperation> step) => OperationSteps.Add(step);

    /// <summary>Changes the whole document, last of all.</summary>
    /// <param name="step">Called once with the OpenAPI Object.</param>
    public void ConfigureDocument(Action<JsonObject> step) => DocumentSteps.Add(step);
}
