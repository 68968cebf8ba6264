using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Profiles.Server.Access;
using Profiles.V1;

namespace Profiles.Server.Tests.Access;

/// <summary>A server with an RPC that does not say who may call it does not start.</summary>
internal sealed class AccessRulesTests
{
    private static readonly string Served = $"/{ProfileService.Descriptor.FullName}/GetMyProfile";

    private static IEnumerable<TestCaseData> Incomplete()
    {
        yield return Case("no option", null);
        yield return Case("an empty option", new V1.Access());
        yield return Case("no rate class", new V1.Access { OwnRecord = true });
        yield return Case("no grant", new V1.Access { RateClass = RateClass.Read });
    }

    [TestCaseSource(nameof(Incomplete))]
    public void An_rpc_that_declares_too_little_is_refused(V1.Access? access) =>
        Assert.That(
            () => new AccessRules(Contract(access)),
            Throws.InvalidOperationException.With.Message.Contains("test.Service.Call"));

    [Test]
    public void An_rpc_that_declares_both_is_found()
    {
        var access = new V1.Access { Permission = "profiles.read", RateClass = RateClass.Batch };

        Assert.That(new AccessRules(Contract(access)).Find("/test.Service/Call"), Is.EqualTo(access));
    }

    [Test]
    public void What_is_served_without_a_rule_is_refused_unless_the_host_opens_it()
    {
        var none = new AccessRules();

        Assert.That(() => none.DemandFor([Endpoint()]), Throws.InvalidOperationException.With.Message.Contains(Served));
        Assert.That(() => none.DemandFor([Endpoint(new AllowAnonymousAttribute())]), Throws.Nothing);
        Assert.That(() => none.DemandFor([new Endpoint(null, EndpointMetadataCollection.Empty, "no RPC")]), Throws.Nothing);
        Assert.That(() => new AccessRules(ProfileServiceReflection.Descriptor).DemandFor([Endpoint()]), Throws.Nothing);
    }

    private static Endpoint Endpoint(params object[] metadata)
    {
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var method = new Method<byte[], byte[]>(MethodType.Unary, ProfileService.Descriptor.FullName, "GetMyProfile", bytes, bytes);
        return new Endpoint(null, new EndpointMetadataCollection([new GrpcMethodMetadata(typeof(object), method), .. metadata]), "an RPC");
    }

    private static TestCaseData Case(string name, V1.Access? access) => new TestCaseData(access).SetArgDisplayNames(name);

    private static FileDescriptor Contract(V1.Access? access)
    {
        var method = new MethodDescriptorProto { Name = "Call", InputType = ".test.Message", OutputType = ".test.Message" };
        if (access is not null)
        {
            method.Options = new MethodOptions();
            method.Options.SetExtension(AccessExtensions.Access, access);
        }

        var file = new FileDescriptorProto
        {
            Name = "test.proto",
            Package = "test",
            Syntax = "proto3",
            Dependency = { AccessReflection.Descriptor.Name },
            MessageType = { new DescriptorProto { Name = "Message" } },
            Service = { new ServiceDescriptorProto { Name = "Service", Method = { method } } },
        };
        return FileDescriptor.BuildFromByteStrings(
            [DescriptorReflection.Descriptor.SerializedData, AccessReflection.Descriptor.SerializedData, file.ToByteString()],
            new ExtensionRegistry { AccessExtensions.Access })[^1];
    }
}
