using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Access.Leaks;

/// <summary>Sends secrets in every place, over REST, gRPC and a raw connection, and counts the answers.</summary>
internal sealed class LeakLoad : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string Service, string Rpc)[] Calls =
    [
        ("profiles.v1.ProfileService", "GetMyProfile"), ("profiles.v1.ProfileService", "ListProfiles"),
        ("profiles.v1.CredentialService", "ListApiKeys"), ("profiles.v1.OrganizationService", "ListOrganizations"),
    ];

    private readonly ServerProcess server;
    private readonly IReadOnlyList<Secret> secrets;
    private readonly string origin;
    private readonly HttpClient http;
    private readonly GrpcChannel channel;
    private int sent;

    public LeakLoad(ServerProcess server, IReadOnlyList<Secret> secrets)
    {
        (this.server, this.secrets) = (server, secrets);
        origin = server.Http.GetLeftPart(UriPartial.Authority);
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, ActivityHeadersPropagator = null }) { Timeout = Patience };
        channel = GrpcChannel.ForAddress(server.Grpc);
    }

    /// <summary>How many requests were answered.</summary>
    public int Sent => sent;

    /// <summary>How many answers there were of each HTTP status.</summary>
    public ConcurrentDictionary<int, int> Statuses { get; } = [];

    /// <summary>How many gRPC calls ended with each code.</summary>
    public ConcurrentDictionary<StatusCode, int> Codes { get; } = [];

    /// <summary>Answers that say that the server is at fault.</summary>
    public ConcurrentBag<string> Faults { get; } = [];

    public string Summary => string.Join(", ", Statuses.OrderBy(pair => pair.Key)) + "; " + string.Join(", ", Codes);

    /// <summary>Sends the requests of some numbers. Of ten, two are REST as it should be, four REST, three gRPC, one is written by hand.</summary>
    public Task RunAsync(int from, int to, int atOnce) => Parallel.ForEachAsync(
        Enumerable.Range(from, to - from),
        new ParallelOptions { MaxDegreeOfParallelism = atOnce },
        async (number, _) =>
        {
            // The same in each run.
            var random = new Random(number);
            var secret = Pick(random, secrets);
            await ((number % 10) switch
            {
                < 2 => SendRestAsync(Pick(random, LeakPlaces.Right)(secret)),
                < 6 => SendRestAsync(Pick(random, LeakPlaces.Wrong)(secret)),
                < 9 => SendGrpcAsync(random, secret),
                _ => SendRawAsync(Pick(random, LeakForms.All)(secret.Text)),
            });
            Interlocked.Increment(ref sent);
        });

    public void Dispose()
    {
        http.Dispose();
        channel.Dispose();
    }

    private async Task SendRestAsync(LeakRequest send)
    {
        using var request = new HttpRequestMessage(new HttpMethod(send.Method), new Uri(origin + send.Path));
        if (send.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in send.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        Count((int)response.StatusCode, send.Path);
    }

    private async Task SendGrpcAsync(Random random, Secret secret)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in random.Next(2) == 0 ? secret.Headers : [(Pick(random, LeakPlaces.Metadata), secret.Text)])
            metadata.Add(name, value);
        var (service, rpc) = Pick(random, Calls);
        var code = await RawGrpc.CodeOf(channel.CreateCallInvoker().CallRaw(service, rpc, [], new CallOptions(metadata)));
        Codes.AddOrUpdate(code, 1, (_, count) => count + 1);
        if (code is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable)
            Faults.Add($"{rpc}: {code}");
    }

    private async Task SendRawAsync(string request) =>
        Count((await RawHttp.SendAsync(server.Http, Encoding.Latin1.GetBytes(request))).Status, "raw");

    private static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    private void Count(int status, string what)
    {
        Statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (status >= (int)HttpStatusCode.InternalServerError)
            Faults.Add($"{what}: {status}");
    }
}
