using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Reflection;

/// <summary>The real server tells its contract, to everybody, unless it is switched off.</summary>
internal sealed class ReflectionTests : ProfilesTest
{
    private const string Service = "profiles.v1.ProfileService";

    [TestCaseSource(typeof(ServedContract), nameof(ServedContract.Services))]
    public async Task The_files_of_each_service_are_complete(string service)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = service });

        // Building wants the imports before the files that import them.
        var files = answer.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom).ToList();
        var built = FileDescriptor.BuildFromByteStrings(InOrder(files).Select(file => file.ToByteString()));
        Assert.That(built.SelectMany(file => file.Services).Select(found => found.FullName), Has.Member(service));
        Assert.That(files.Select(file => file.Name), Is.Unique);
    }

    [Test]
    public async Task The_rules_of_access_and_http_are_extensions_that_can_be_found()
    {
        var answer = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "google.protobuf.MethodOptions" });
        var access = await AskAsync(new ServerReflectionRequest
        {
            FileContainingExtension = new ExtensionRequest
            {
                ContainingType = "google.protobuf.MethodOptions",
                ExtensionNumber = AccessExtensions.Access.FieldNumber,
            },
        });

        const int HttpRule = 72295728;
        Assert.That(answer.AllExtensionNumbersResponse.ExtensionNumber, Has.Member(AccessExtensions.Access.FieldNumber).And.Member(HttpRule));
        Assert.That(
            FileDescriptorProto.Parser.ParseFrom(access.FileDescriptorResponse.FileDescriptorProto[0]).Name,
            Is.EqualTo("profiles/v1/access.proto"));
    }

    [Test]
    public async Task Text_that_is_not_utf_8_is_refused_in_a_stream_as_well()
    {
        var method = new Method<byte[], byte[]>(
            MethodType.DuplexStreaming, "grpc.reflection.v1.ServerReflection", "ServerReflectionInfo", RawGrpc.Bytes, RawGrpc.Bytes);
        using var call = Invoker.AsyncDuplexStreamingCall(method, null, As(UserToken));
        await call.RequestStream.WriteAsync([0x22, 0x02, 0xc3, 0x28]);

        var failure = (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext()))!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["file_containing_symbol"]));
    }

    [Test]
    public async Task A_client_that_leaves_a_stream_is_no_error_of_the_server_s()
    {
        using (var call = new ServerReflection.ServerReflectionClient(Invoker).ServerReflectionInfo())
        {
            await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = Service });
            await call.ResponseStream.MoveNext();
        }

        // The shared server's log is looked through at the end.
        Assert.That((await AskAsync(new ServerReflectionRequest { ListServices = "*" })).ListServicesResponse, Is.Not.Null);
    }

    [Test]
    public async Task It_can_be_switched_off()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("PROFILES_REFLECTION", "off")), "serve", "--examples");
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();

        var failure = (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext()))!;
        var printed = await server.WaitForOutputAsync("ProfileService/SetProfile");

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(printed.Where(line => line.Contains("buf curl")), Is.Not.Empty.And.All.Contains("--schema protos"));
    }

    private static IEnumerable<FileDescriptorProto> InOrder(List<FileDescriptorProto> files)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (files.Where(file => !done.Contains(file.Name)).FirstOrDefault(file => file.Dependency.All(done.Contains)) is { } next)
        {
            done.Add(next.Name);
            yield return next;
        }

        Assert.That(done, Has.Count.EqualTo(files.Count), "An import is missing.");
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(Invoker).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.That(await call.ResponseStream.MoveNext(), Is.True);
        return call.ResponseStream.Current;
    }
}
