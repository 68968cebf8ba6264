namespace Profiles.Benchmarks.Load;

/// <summary>How the calls travel.</summary>
internal enum Protocol
{
    /// <summary>gRPC over HTTP/2, some callers to a connection.</summary>
    Grpc,

    /// <summary>The same, with a connection for each caller.</summary>
    GrpcEach,

    /// <summary>The same, by Grpc.Net.Client.</summary>
    GrpcClient,

    /// <summary>REST/JSON over HTTP/1.1.</summary>
    Rest,

    /// <summary>gRPC-Web over HTTP/1.1.</summary>
    GrpcWeb,
}

/// <summary>A load.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Protocol">How.</param>
/// <param name="Operation">What is called.</param>
/// <param name="Tokens">The callers' tokens: one of a server, or one for each user.</param>
/// <param name="Callers">How many call at once, each with one request in flight.</param>
/// <param name="Users">How many users are called for.</param>
internal sealed record LoadSpec(
    Uri Address, Protocol Protocol, Operation Operation, IReadOnlyList<string> Tokens, int Callers, int Users)
{
    // Kestrel takes 100 streams a connection. Several connections, as a backend of several instances has.
    private const int CallersPerConnection = 16;
    private const int MaxConnections = 8;

    /// <summary>The loads of single connections, which run side by side.</summary>
    public IEnumerable<IConnection> Connect(LoadRun run)
    {
        if (Users < Callers)
            throw new OptionException($"{Callers} callers need as many users at least, and there are {Users}.");
        var connections = Protocol is Protocol.Grpc or Protocol.GrpcClient ? Math.Clamp(Callers / CallersPerConnection, 1, MaxConnections) : Callers;
        string?[] tokens = Tokens.Count == 0 ? [null] : [.. Tokens];
        var headers = Protocol is Protocol.Grpc or Protocol.GrpcEach
            ? tokens.Select(token => Http2Frames.RequestHeaders(Address, Operation.GrpcPath, token)).ToArray() : [];
        var requests = Protocol is Protocol.Rest or Protocol.GrpcWeb
            ? tokens.Select(token => Http1Requests.Create(this, token!)).ToArray() : [];
        for (var i = 0; i < connections; i++)
        {
            var callers = new List<Caller>();
            for (var caller = i; caller < Callers; caller += connections)
                callers.Add(new Caller(caller, this));
            yield return Protocol switch
            {
                Protocol.Grpc or Protocol.GrpcEach => new Http2Connection(this, run, callers, headers),
                Protocol.GrpcClient => new ClientConnection(this, run, callers),
                _ => new Http1Connection(this, run, callers[0], requests),
            };
        }
    }
}

/// <summary>A connection that carries calls until the run ends.</summary>
internal interface IConnection
{
    /// <summary>Milliseconds of the requests that were answered, and rightly, while it was measured.</summary>
    IReadOnlyList<float> Latencies { get; }

    Task RunAsync();
}

/// <summary>Chooses the users of one caller. No two callers have one in common; the choice is the same in every run.</summary>
internal sealed class Caller(int number, LoadSpec spec)
{
    private static long values;

    private readonly Random random = new(Seed: 20_000 + number);
    private readonly int users = (spec.Users - number + spec.Callers - 1) / spec.Callers;

    public Call Next() =>
        new(number + (spec.Callers * random.Next(users)), Interlocked.Increment(ref values), spec.Users);
}
