namespace Profiles.Fuzz;

/// <summary>Feeds the targets in turn with changed input. The same seed and number of inputs give the same run.</summary>
public sealed class Fuzzer(IReadOnlyList<IFuzzTarget> targets, int seed, TimeProvider clock)
{
    // Far above what any input may take, and what a busy machine makes of it.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(seed);
    private readonly Corpus[] _corpora = [.. targets.Select(target => new Corpus(target.Name))];
    private long _inputs;

    /// <summary>For each target how many inputs it had, and to how many different outcomes.</summary>
    public IEnumerable<KeyValuePair<string, (long Inputs, int Outcomes)>> Counts =>
        targets.Select((target, i) => KeyValuePair.Create(target.Name, (_inputs / targets.Count, _corpora[i].Outcomes)));

    /// <summary>
    /// Tries the seeds as they are, then changed ones as long as it is told (for the number of inputs so far), or until an input does
    /// harm, which is returned.
    /// </summary>
    public async Task<FuzzFailure?> RunAsync(Func<long, bool> goOn)
    {
        ArgumentNullException.ThrowIfNull(goOn);
        for (var i = 0; i < targets.Count; i++)
        {
            foreach (var input in _corpora[i].Inputs.ToArray())
            {
                if (await TryAsync(targets[i], input, _corpora[i]) is { } failure) return failure;
            }
        }

        return await RunChangedAsync(goOn);
    }

    private async Task<FuzzFailure?> RunChangedAsync(Func<long, bool> goOn)
    {
        var mutator = new Mutator(_random);
        for (_inputs = 0; goOn(_inputs); _inputs++)
        {
            var i = (int)(_inputs % targets.Count);
            var input = mutator.Mutate(_corpora[i].Pick(_random), _corpora[i].Pick(_random));
            if (await TryAsync(targets[i], input, _corpora[i]) is { } failure) return failure;
        }

        return null;
    }

    private async Task<FuzzFailure?> TryAsync(IFuzzTarget target, byte[] input, Corpus corpus)
    {
        var start = clock.GetTimestamp();
        try
        {
            corpus.Note(input, await target.RunAsync(input));
            var taken = clock.GetElapsedTime(start);
            return taken < s_limit ? null : new FuzzFailure(target.Name, input, new TimeoutException($"It took {taken.TotalSeconds:0.0} s."));
        }
        catch (Exception harm)
        {
            return new FuzzFailure(target.Name, input, harm);
        }
    }
}
