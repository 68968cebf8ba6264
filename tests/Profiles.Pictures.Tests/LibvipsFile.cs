using System.Runtime.InteropServices;

namespace Profiles.Pictures.Tests;

/// <summary>The libvips that tests use: that of package.json, or else the installed one.</summary>
internal static class LibvipsFile
{
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Profiles.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run in the project's folder.");
        var platform = $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
        var package = System.IO.Path.Combine(folder.FullName, "node_modules", "@img", $"sharp-libvips-{platform}", "lib");
        return Directory.Exists(package) ? Directory.EnumerateFiles(package, "libvips-cpp.*").FirstOrDefault() : null;
    }
}
