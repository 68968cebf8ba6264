using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Access;

namespace Profiles.Server.Tests.Services;

/// <summary>
/// Every RPC passes its caller's cancellation on to the store. The server is the real one as it is put together, but its stores hang
/// until the token that they were given is cancelled.
/// </summary>
internal sealed class CancellationTests
{
    private const string OwnServices = "/profiles.";
    private const string OrganizationName = BuiltServer.OrganizationName;
    private const string Id = "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A value for each field that a request can have. Which of them it has, its message says.
    private static readonly JsonObject Values = JsonNode.Parse(
        $$$"""
        {
          "userId": "alice", "userIds": ["alice"], "organizationId": "{{{OrganizationName}}}", "keyId": "{{{Id}}}", "applicationId": "{{{Id}}}",
          "username": "alice", "profile": {"nickname": "Al"}, "requests": [{"userId": "alice", "profile": {"nickname": "Al"}}],
          "organization": {"organizationId": "{{{OrganizationName}}}", "displayName": "Other"}, "apiKey": {"type": "API_KEY_TYPE_PUBLIC"}, "application": {},
          "usernames": ["root"], "usernamesMap": {"root": "guest"},
          "image": {"data": "AAAA"}, "data": "AAAA", "pictureId": "{{{OrganizationName}}}~0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        }
        """)!.AsObject();

    private WebApplication app = null!;
    private TaskCompletionSource reached = null!;

    private static IEnumerable<string> Methods()
    {
        using var server = BuiltServer.Build(_ => { });
        return [.. MethodsOf(server).Select(method => method.Method.FullName)];
    }

    [SetUp]
    public void BuildServer()
    {
        reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app = BuiltServer.Build(services => Hang(services, () => reached.TrySetResult()));
    }

    [TearDown]
    public async Task DisposeServer() => await app.DisposeAsync();

    [Test]
    public void There_are_methods() => Assert.That(Methods().Count(), Is.GreaterThan(20));

    [TestCaseSource(nameof(Methods))]
    public async Task A_caller_that_gives_up_lets_go_of_the_store(string method)
    {
        using var caller = new CancellationTokenSource();
        var call = CallAsync(method, caller.Token);
        await Task.WhenAny(call, reached.Task).WaitAsync(Patience);
        Assert.That(reached.Task.IsCompleted, Is.True, $"{method} ended before it came to the store: {call.Exception?.InnerException}");
        Assert.That(call.IsCompleted, Is.False, $"{method} did not wait for the store.");

        await caller.CancelAsync();

        await Task.WhenAny(call).WaitAsync(Patience);
        Assert.That(call.IsCanceled, Is.True, call.Exception?.ToString());
    }

    private Task CallAsync(string name, CancellationToken cancellationToken)
    {
        var served = MethodsOf(app).Single(method => method.Method.FullName == name);
        return BuiltServer.CallAsync(app, served, CreateArgument, cancellationToken);
    }

    private static object CreateArgument(Type type)
    {
        if (typeof(IMessage).IsAssignableFrom(type))
            return CreateRequest(BuiltServer.DescriptorOf(type));
        Assert.That(type.GetGenericTypeDefinition(), Is.EqualTo(typeof(IAsyncStreamReader<>)), "Answers in streams need a test of their own.");
        var message = type.GetGenericArguments().Single();
        return Activator.CreateInstance(typeof(OneMessage<>).MakeGenericType(message), CreateRequest(BuiltServer.DescriptorOf(message)))!;
    }

    private static IMessage CreateRequest(MessageDescriptor descriptor)
    {
        var json = new JsonObject();
        foreach (var field in descriptor.Fields.InDeclarationOrder().Where(field => Values.ContainsKey(field.JsonName)))
            json.Add(field.JsonName, (field.IsMap ? Values[$"{field.JsonName}Map"] : Values[field.JsonName])!.DeepClone());
        return JsonParser.Default.Parse(json.ToJsonString(), descriptor);
    }

    private static IEnumerable<GrpcMethodMetadata> MethodsOf(WebApplication app) =>
        BuiltServer.MethodsOf(app).Where(method => method.Method.FullName.StartsWith(OwnServices, StringComparison.Ordinal));

    // All of Core's interfaces that are asked to cancel.
    private static void Hang(IServiceCollection services, Action reached)
    {
        foreach (var type in services.Select(service => service.ServiceType).Where(IsStore).Distinct().ToList())
            services.AddSingleton(type, HangingStore.Create(type, reached));
    }

    private static bool IsStore(Type type) =>
        type.IsInterface && type.Assembly == typeof(Caller).Assembly
        && type.GetMethods().Any(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken)));

    private sealed class OneMessage<T>(T message) : IAsyncStreamReader<T>
    {
        private bool isRead;

        public T Current => message;

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var isFirst = !isRead;
            isRead = true;
            return Task.FromResult(isFirst);
        }
    }
}
