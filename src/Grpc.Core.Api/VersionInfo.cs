namespace Grpc.Core;

/// <summary>The gRPC release whose public surface this assembly has.</summary>
public static class VersionInfo
{
    /// <summary>Assembly version of every 2.x release: it never changes, so that binaries of different releases fit together.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>File version of the release, four numbers.</summary>
    public const string CurrentAssemblyFileVersion = "2.85.0.0";

    /// <summary>Version of the release as its packages carry it.</summary>
    public const string CurrentVersion = "2.85.0";
}
