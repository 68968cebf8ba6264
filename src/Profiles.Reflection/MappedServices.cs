using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Profiles.Reflection;

/// <summary>The services that an application has mapped.</summary>
internal static class MappedServices
{
    /// <summary>
    /// Their descriptors, taken from generated code. A service that was written without a contract has none and is left out.
    /// </summary>
    public static IEnumerable<ServiceDescriptor> Of(IEnumerable<Endpoint> endpoints) =>
        endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct()
            .Select(DescriptorOf)
            .OfType<ServiceDescriptor>();

    private static ServiceDescriptor? DescriptorOf(Type service) =>
        service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?
            .GetValue(null) as ServiceDescriptor;
}
