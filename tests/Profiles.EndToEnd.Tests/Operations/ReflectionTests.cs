using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Profiles.EndToEnd.Tests.Harness;
using Question = Grpc.Reflection.V1.ServerReflectionRequest;

namespace Profiles.EndToEnd.Tests.Operations;

/// <summary>Tools ask the server for its contract, without a token.</summary>
internal sealed class ReflectionTests : ProfilesTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Services_are_listed()
    {
        var answer = await AskAsync(new Question { ListServices = "*" });

        Assert.That(
            answer.ListServicesResponse.Service.Select(service => service.Name),
            Is.EqualTo(new[] { "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "profiles.v1.ProfileService" }));
    }

    [TestCase("profiles.v1.ProfileService", "profiles/v1/profile_service.proto")]
    [TestCase("profiles.v1.ProfileService.GetMyProfile", "profiles/v1/profile_service.proto")]
    [TestCase("profiles.v1.Profile", "profiles/v1/profile.proto")]
    [TestCase("profiles.v1.Profile.given_name", "profiles/v1/profile.proto")]
    [TestCase("profiles.v1.Profile.AttributesEntry", "profiles/v1/profile.proto")]
    [TestCase("profiles.v1.Gender", "profiles/v1/profile.proto")]
    [TestCase("profiles.v1.GENDER_FEMALE", "profiles/v1/profile.proto")]
    [TestCase("profiles.v1.Access.grant", "profiles/v1/access.proto")]
    [TestCase("profiles.v1.access", "profiles/v1/access.proto")]
    [TestCase("google.api.http", "google/api/annotations.proto")]
    [TestCase("google.protobuf.Timestamp", "google/protobuf/timestamp.proto")]
    public async Task A_symbol_leads_to_its_file_and_what_it_imports(string symbol, string expected)
    {
        var answer = await AskAsync(new Question { FileContainingSymbol = symbol });

        var files = answer.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom).ToList();
        Assert.That(files[0].Name, Is.EqualTo(expected));
        Assert.That(files.Select(file => file.Name), Is.SupersetOf(files.SelectMany(file => file.Dependency).Distinct()));
        Assert.That(files.Select(file => file.Name), Is.Unique);
    }

    [Test]
    public async Task Files_and_extensions_are_found()
    {
        var file = await AskAsync(new Question { FileByFilename = "profiles/v1/profile_change.proto" });
        var numbers = await AskAsync(new Question { AllExtensionNumbersOfType = "google.protobuf.MethodOptions" });
        var extension = await AskAsync(new Question
        {
            FileContainingExtension = new ExtensionRequest { ContainingType = "google.protobuf.MethodOptions", ExtensionNumber = 72295728 },
        });

        Assert.That(FileDescriptorProto.Parser.ParseFrom(file.FileDescriptorResponse.FileDescriptorProto[0]).Name, Is.EqualTo("profiles/v1/profile_change.proto"));
        Assert.That(numbers.AllExtensionNumbersResponse.ExtensionNumber, Does.Contain(72295728));
        Assert.That(FileDescriptorProto.Parser.ParseFrom(extension.FileDescriptorResponse.FileDescriptorProto[0]).Name, Is.EqualTo("google/api/annotations.proto"));
    }

    [Test]
    public async Task What_is_not_here_is_said_and_does_not_end_the_stream()
    {
        using var call = new ServerReflection.ServerReflectionClient(Invoker).ServerReflectionInfo();
        Question[] questions =
        [
            new() { FileByFilename = "nothing.proto" },
            new() { FileContainingSymbol = "profiles.v1.Nothing" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "profiles.v1.Profile", ExtensionNumber = 1 } },
            new() { AllExtensionNumbersOfType = "profiles.v1.Nothing" },
            new(),
        ];

        var codes = new List<int>();
        foreach (var question in questions)
            codes.Add((await AskAsync(call, question)).ErrorResponse.ErrorCode);

        Assert.That(codes, Is.EqualTo(new[] { 5, 5, 5, 5, 3 }));
        Assert.That((await AskAsync(call, new Question { ListServices = "" })).ListServicesResponse.Service, Is.Not.Empty);
    }

    [Test]
    public async Task A_file_is_sent_once_a_stream_unless_it_is_asked_for_again()
    {
        using var call = new ServerReflection.ServerReflectionClient(Invoker).ServerReflectionInfo();
        var first = await AskAsync(call, new Question { FileContainingSymbol = "profiles.v1.ProfileService" });
        var second = await AskAsync(call, new Question { FileContainingSymbol = "profiles.v1.ProfileService" });

        Assert.That(first.FileDescriptorResponse.FileDescriptorProto, Has.Count.GreaterThan(5));
        Assert.That(second.FileDescriptorResponse.FileDescriptorProto, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_stream_has_a_limit()
    {
        using var call = new ServerReflection.ServerReflectionClient(Invoker).ServerReflectionInfo();
        for (var i = 0; i < 1000; i++)
            await AskAsync(call, new Question { FileByFilename = "x" });

        var error = await Assert.ThrowsAsync<RpcException>(() => AskAsync(call, new Question { FileByFilename = "x" }));
        Assert.That(error!.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Older_tools_are_answered_too()
    {
        using var call = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(Invoker).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new Grpc.Reflection.V1Alpha.ServerReflectionRequest { FileContainingSymbol = "profiles.v1.Profile" });

        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience), Is.True);
        Assert.That(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto, Is.Not.Empty);
    }

    [TestCase("grpc")]
    [TestCase("grpcweb")]
    public async Task Buf_curl_needs_no_contract(string protocol)
    {
        var output = await CurlAsync(
            protocol, "-H", $"authorization: Bearer {UserToken}", "-d", """{"profile":{"nickname":"Al"}}""", $"{SharedServer.Server.Grpc}profiles.v1.ProfileService/UpdateMyProfile");

        Assert.That(output, Does.Contain("\"nickname\": \"Al\""));
    }

    [Test]
    public async Task Buf_curl_lists_services_and_methods([Values("grpc", "grpcweb")] string protocol)
    {
        var services = await CurlAsync(protocol, "--list-services", SharedServer.Server.Grpc.ToString());
        var methods = await CurlAsync(protocol, "--list-methods", SharedServer.Server.Grpc.ToString());

        Assert.That(services, Does.Contain("profiles.v1.ProfileService"));
        Assert.That(methods, Does.Contain("profiles.v1.ProfileService/UpdateMyProfile"));
    }

    [Test]
    public async Task Reflection_can_be_switched_off()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("PROFILES_REFLECTION", "off")));
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();

        var error = await Assert.ThrowsAsync<RpcException>(() => AskAsync(call, new Question { ListServices = "" }));
        Assert.That(error!.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    private async Task<ServerReflectionResponse> AskAsync(Question question)
    {
        using var call = new ServerReflection.ServerReflectionClient(Invoker).ServerReflectionInfo();
        return await AskAsync(call, question);
    }

    private static async Task<ServerReflectionResponse> AskAsync(
        AsyncDuplexStreamingCall<Question, ServerReflectionResponse> call, Question question)
    {
        try
        {
            await call.RequestStream.WriteAsync(question);
        }
        catch (RpcException)
        {
            // Reading tells why.
        }

        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience), Is.True);
        Assert.That(call.ResponseStream.Current.OriginalRequest.ToByteString(), Is.EqualTo(question.ToByteString()));
        return call.ResponseStream.Current;
    }

    private static async Task<string> CurlAsync(string protocol, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("npx", ["buf", "curl", "--protocol", protocol, "--http2-prior-knowledge", .. arguments])
        {
            WorkingDirectory = ServerProgram.Top,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.That(process.ExitCode, Is.Zero, await error);
        return await output;
    }
}
