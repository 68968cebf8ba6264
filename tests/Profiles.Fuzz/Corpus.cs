using System.Text;

namespace Profiles.Fuzz;

/// <summary>The seeds of a target, and what was found since: input with an outcome that no other had.</summary>
internal sealed class Corpus
{
    // Enough variety, and no growth without end.
    private const int MaxInputs = 2_000;
    private const int LongestKept = 4_096;

    private readonly HashSet<string> _outcomes = [];
    private readonly List<byte[]> _inputs;

    public Corpus(string name) => _inputs = [.. Lines(name).Select(Encoding.UTF8.GetBytes)];

    /// <summary>What there is now, the seeds first.</summary>
    public IReadOnlyList<byte[]> Inputs => _inputs;

    public int Outcomes => _outcomes.Count;

    /// <summary>The lines of an embedded file, where ␍, ␊ and ␀ stand for the control characters of that name.</summary>
    public static string[] Lines(string name)
    {
        using var reader = new StreamReader(typeof(Corpus).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Unescape)];
    }

    private static string Unescape(string line) => line.Replace('␍', '\r').Replace('␊', '\n').Replace('␀', '\0');

    public byte[] Pick(Random random) => _inputs[random.Next(_inputs.Count)];

    public void Note(byte[] input, string outcome)
    {
        if (_outcomes.Add(outcome) && _inputs.Count < MaxInputs && input.Length <= LongestKept) _inputs.Add(input);
    }
}
