using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Suites;

/// <summary>What tables call the ways of calls.</summary>
internal static class Names
{
    public const string Floor = "floor";
    public const string Plain = "plain handler";
    public const string PgBench = "pgbench";
    public const string PgBenchPlain = "pgbench, one statement";

    public static string Of(Protocol protocol) => protocol switch
    {
        Protocol.Grpc => "gRPC",
        Protocol.GrpcEach => "gRPC, a connection each",
        Protocol.GrpcClient => "Grpc.Net.Client",
        Protocol.Rest => "REST",
        _ => "gRPC-Web",
    };

    /// <summary>The floor of a way.</summary>
    public static string FloorOf(Protocol protocol) => protocol == Protocol.Grpc ? Floor : $"{Floor}, {Of(protocol)}";
}
