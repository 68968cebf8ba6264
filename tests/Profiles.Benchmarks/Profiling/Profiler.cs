using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Profiles.Benchmarks.Profiling;

/// <summary>Takes samples of the server through its diagnostic port.</summary>
internal static class Profiler
{
    private const int BufferMegabytes = 256;

    /// <summary>Samples where the threads are, every millisecond.</summary>
    public static Task SampleCpuAsync(int process, string file, Func<Task> meanwhile) => SampleAsync(
        process,
        file,
        [
            new EventPipeProvider("Microsoft-DotNETCore-SampleProfiler", EventLevel.Informational),
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, (long)ClrTraceEventParser.Keywords.Default),
        ],
        meanwhile);

    /// <summary>Samples an allocation for about every 100 KB that are allocated.</summary>
    public static Task SampleAllocationsAsync(int process, string file, Func<Task> meanwhile) => SampleAsync(
        process,
        file,
        [
            new EventPipeProvider(
                "Microsoft-Windows-DotNETRuntime",
                EventLevel.Verbose,
                (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.Jit | ClrTraceEventParser.Keywords.Loader)),
        ],
        meanwhile);

    private static async Task SampleAsync(int process, string file, EventPipeProvider[] providers, Func<Task> meanwhile)
    {
        using var session = await Task.Run(() => new DiagnosticsClient(process).StartEventPipeSession(
            providers, requestRundown: true, circularBufferMB: BufferMegabytes));
        await using var target = File.Create(file);
        var copying = session.EventStream.CopyToAsync(target);
        await meanwhile();
        // The names of all methods follow, and then the end.
        var stopping = session.StopAsync(CancellationToken.None);
        await copying;
        await stopping;
    }
}
