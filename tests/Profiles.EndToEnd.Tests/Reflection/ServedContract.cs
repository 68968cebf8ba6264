using Google.Protobuf.Reflection;
using Profiles.Contracts.Epixel.V1;
using Profiles.Contracts.HiveMp.V1;
using Profiles.Contracts.Nexconn.V4;
using Profiles.Contracts.Zitadel.Auth.V1;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Reflection;

/// <summary>What the server serves over gRPC.</summary>
internal static class ServedContract
{
    /// <summary>The services of our own contract.</summary>
    public static IReadOnlyList<ServiceDescriptor> Own { get; } =
    [
        ProfileService.Descriptor, UsernameService.Descriptor, PictureService.Descriptor, OrganizationService.Descriptor,
        CredentialService.Descriptor, AuditService.Descriptor,
    ];

    /// <summary>The services of dialects.</summary>
    public static IReadOnlyList<ServiceDescriptor> Dialects { get; } =
    [
        AuthService.Descriptor, UserAccountService.Descriptor, UserService.Descriptor, ProfileImageService.Descriptor,
        UserProfileService.Descriptor, ProfileFormService.Descriptor,
        Contracts.M2.V1.ProfileService.Descriptor, Contracts.M2.V1.DenylistService.Descriptor,
    ];

    /// <summary>The services that need no token.</summary>
    public static IReadOnlyList<string> Open { get; } =
        ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];

    /// <summary>The methods of other services that need none either.</summary>
    public static IReadOnlyList<string> ForEverybody { get; } =
    [
        .. from service in Own.Concat(Dialects)
           from method in service.Methods
           where method.GetOptions()?.GetExtension(AccessExtensions.Access) is { Everybody: true }
           select $"{service.FullName}/{method.Name}",
    ];

    /// <summary>All services, sorted.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [.. Own.Concat(Dialects).Select(service => service.FullName).Concat(Open).Order(StringComparer.Ordinal)];

    /// <summary>All methods, as <c>package.Service/Method</c>.</summary>
    public static IReadOnlyList<string> Methods { get; } =
    [
        "grpc.health.v1.Health/Check",
        "grpc.health.v1.Health/List",
        "grpc.health.v1.Health/Watch",
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        .. from service in Own
           from method in service.Methods
           select $"{service.FullName}/{method.Name}",
        .. from service in Dialects
           from method in service.Methods
           select $"{service.FullName}/{method.Name}",
    ];
}
