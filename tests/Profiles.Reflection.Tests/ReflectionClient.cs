using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Profiles.Reflection.Tests;

/// <summary>Which of the two services a test asks.</summary>
public enum ReflectionVersion
{
    /// <summary><c>grpc.reflection.v1</c>.</summary>
    V1,

    /// <summary><c>grpc.reflection.v1alpha</c>.</summary>
    V1Alpha,
}

/// <summary>One stream of questions and answers, in either version.</summary>
internal sealed class ReflectionClient : IDisposable
{
    private readonly IDisposable call;
    private readonly Func<ServerReflectionRequest, Task> send;
    private readonly Func<Task> complete;
    private readonly Func<Task<ServerReflectionResponse?>> receive;

    public ReflectionClient(CallInvoker invoker, ReflectionVersion version, TimeSpan patience)
    {
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.Add(patience));
        if (version == ReflectionVersion.V1)
        {
            var stream = new ServerReflection.ServerReflectionClient(invoker).ServerReflectionInfo(options);
            call = stream;
            send = request => stream.RequestStream.WriteAsync(request);
            complete = stream.RequestStream.CompleteAsync;
            receive = async () => await stream.ResponseStream.MoveNext() ? stream.ResponseStream.Current : null;
        }
        else
        {
            var stream = new V1Alpha.ServerReflection.ServerReflectionClient(invoker).ServerReflectionInfo(options);
            call = stream;
            send = request => stream.RequestStream.WriteAsync(V1Alpha.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
            complete = stream.RequestStream.CompleteAsync;
            receive = async () => await stream.ResponseStream.MoveNext()
                ? ServerReflectionResponse.Parser.ParseFrom(stream.ResponseStream.Current.ToByteString())
                : null;
        }
    }

    /// <summary>Sends a question. Where the server ends the stream for it, writing may fail, too: the answer tells why.</summary>
    public async Task SendAsync(ServerReflectionRequest request)
    {
        try
        {
            await send(request);
        }
        catch (RpcException)
        {
            // The answer tells.
        }
    }

    /// <summary>The next answer; null at the end.</summary>
    public Task<ServerReflectionResponse?> ReceiveAsync() => receive();

    public async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        await send(request);
        return await receive() ?? throw new InvalidOperationException("The stream has ended.");
    }

    /// <summary>The names of the files in an answer, in their order.</summary>
    public static IEnumerable<string> FilesOf(ServerReflectionResponse response) =>
        response.FileDescriptorResponse.FileDescriptorProto.Select(file => FileDescriptorProto.Parser.ParseFrom(file).Name);

    /// <summary>Says that there are no more questions, and waits for the end.</summary>
    public async Task EndAsync()
    {
        await complete();
        Assert.That(await receive(), Is.Null);
    }

    public void Dispose() => call.Dispose();
}
