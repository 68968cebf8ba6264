using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Profiles.Pictures.Native;

/// <summary>Finds the library, loads it once, and closes everything in it that is not needed.</summary>
internal static unsafe class VipsLibrary
{
    private const int OldestMajor = 8;
    private const int OldestMinor = 13; // the first one that can close its loaders
    private const int AllLevels = -4; // every level, and neither flag of GLib's own

    // Debian's, and what its packages for developers add.
    private static readonly string[] Installed = ["libvips.so.42", "libvips.so", "libvips.42.dylib"];

    private static readonly string[] Loaders = ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"];
    private static readonly Lock Gate = new();

    private static nint library;
    private static string? usedPath;

    /// <summary>Loads the library. It is done once in a process; a second call with another path fails.</summary>
    /// <param name="path">The file; null for the installed one.</param>
    /// <returns>Its version.</returns>
    /// <exception cref="ImageLibraryException">It cannot be loaded, or is too old.</exception>
    public static string Load(string? path)
    {
        lock (Gate)
        {
            if (library == 0)
                Open(path);
            else if (!string.Equals(path, usedPath, StringComparison.Ordinal))
                throw new ImageLibraryException("libvips has been loaded from elsewhere.");
            return $"{Vips.Version(0)}.{Vips.Version(1)}.{Vips.Version(2)}";
        }
    }

    private static void Open(string? path)
    {
        var found = Find(path);
        NativeLibrary.SetDllImportResolver(typeof(Vips).Assembly, (name, _, _) => name == "vips" ? found : 0);
        if (Vips.Version(0) != OldestMajor || Vips.Version(1) < OldestMinor)
            throw new ImageLibraryException($"libvips must be {OldestMajor}.{OldestMinor} or newer.");
        // Its warnings quote files of strangers; what fails is told by errors.
        foreach (var domain in (ReadOnlySpan<string>)["VIPS", "GLib", "GLib-GObject"])
            Vips.SetLogHandler(domain, AllLevels, &Ignore, 0);
        if (Vips.Initialize("profiles") != 0)
            throw new ImageLibraryException($"libvips does not start: {VipsException.Take().Message}");

        CloseLoaders();
        // One image, one thread: how many run at once is decided by ImageWorkers.
        Vips.SetConcurrency(1);
        Vips.SetCacheSize(0);
        (library, usedPath) = (found, path);
    }

    // Everything that reads is closed, and three that are known to bear strangers are opened again.
    private static void CloseLoaders()
    {
        Vips.BlockUntrusted(1);
        Vips.BlockOperations("VipsForeignLoad", 1);
        foreach (var loader in Loaders)
            Vips.BlockOperations(loader, 0);
    }

    private static nint Find(string? path)
    {
        if (path is not null)
            return TryOpen(path, out var chosen) ? chosen : throw new ImageLibraryException($"There is no libvips that can be loaded at {path}.");
        foreach (var name in Installed)
        {
            if (TryOpen(name, out var installed))
                return installed;
        }

        throw new ImageLibraryException("libvips is not installed.");
    }

    private static bool TryOpen(string path, out nint handle) =>
        NativeLibrary.TryLoad(path, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories, out handle);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(nint domain, int level, nint message, nint data)
    {
        // Nothing is said.
    }
}
