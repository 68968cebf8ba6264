using System.Globalization;
using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Profiles.Benchmarks.Profiling;

/// <summary>Adds up the samples of a trace.</summary>
internal sealed class SampleReport : IDisposable
{
    // What the sampler says of a thread that runs managed code, and not the system's or the runtime's.
    private const int InManagedCode = 2;

    private readonly string etlx;
    private readonly TraceLog trace;

    public SampleReport(string file)
    {
        etlx = TraceLog.CreateFromEventPipeDataFile(file);
        trace = new TraceLog(etlx);
    }

    /// <summary>Where threads ran managed code: the methods themselves, and with all that they called.</summary>
    public string Cpu(int top)
    {
        Shares exclusive = new(), inclusive = new(), chains = new(), outside = new();
        foreach (var sample in trace.Events)
        {
            if (sample.ProviderName != "Microsoft-DotNETCore-SampleProfiler" || sample.CallStack() is not { } stack)
                continue;
            // Outside managed code most threads wait; those that send or receive stand among them.
            if (BitConverter.ToInt32(sample.EventData()) != InManagedCode)
            {
                outside.Add(Name(stack), 1);
                continue;
            }

            exclusive.Add(Name(stack), 1);
            chains.Add(Chain(stack), 1);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var frame = stack; frame is not null; frame = frame.Caller)
            {
                if (seen.Add(Name(frame)))
                    inclusive.Add(Name(frame), 1, ofTotal: frame == stack);
            }
        }

        return $"Samples in the method itself\n{exclusive.Format(top)}\nThe same by callers\n{chains.Format(top)}\nSamples in the method and what it called\n{inclusive.Format(top)}\n"
            + $"Samples outside managed code: waits, and calls of system and runtime\n{outside.Format(top / 2)}";
    }

    /// <summary>What was allocated: types, and who allocated them.</summary>
    public string Allocations(int top)
    {
        Shares types = new(), methods = new(), callers = new();
        foreach (var tick in trace.Events.ByEventType<GCAllocationTickTraceData>())
        {
            var amount = tick.AllocationAmount64;
            types.Add(tick.TypeName, amount);
            if (tick.CallStack() is not { } stack)
                continue;
            methods.Add($"{tick.TypeName} in {Name(stack)}", amount);
            for (var (frame, ours) = (stack, false); frame is not null && !ours; frame = frame.Caller)
            {
                ours = Name(frame).StartsWith("Profiles.", StringComparison.Ordinal);
                if (ours)
                    callers.Add(Name(frame), amount);
            }
        }

        return $"Bytes by type\n{types.Format(top)}\nBytes by type and method\n{methods.Format(top)}\n"
            + $"Bytes by the nearest of our own methods\n{callers.Format(top)}";
    }

    public void Dispose()
    {
        trace.Dispose();
        File.Delete(etlx);
    }

    private static string Chain(TraceCallStack stack)
    {
        const int frames = 5;
        var names = new List<string>(frames);
        for (var frame = stack; frame is not null && names.Count < frames; frame = frame.Caller)
            names.Add(Name(frame));
        return string.Join(" < ", names);
    }

    // Without parameters: overloads count together.
    private static string Name(TraceCallStack frame) =>
        frame.CodeAddress.FullMethodName is { Length: > 0 } name ? name[..(name.IndexOf('(') is >= 0 and var end ? end : name.Length)] : "(native)";

    private sealed class Shares
    {
        private readonly Dictionary<string, long> amounts = new(StringComparer.Ordinal);
        private long total;

        public void Add(string name, long amount, bool ofTotal = true)
        {
            amounts[name] = amounts.GetValueOrDefault(name) + amount;
            if (ofTotal)
                total += amount;
        }

        public string Format(int top) => string.Concat(amounts
            .OrderByDescending(entry => entry.Value)
            .Take(top)
            .Select(entry => string.Create(
                CultureInfo.InvariantCulture, $"{100.0 * entry.Value / total,7:N2} %{entry.Value,16:N0}  {entry.Key}\n")));
    }
}
