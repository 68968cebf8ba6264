namespace Profiles.Fuzz;

/// <summary>What is fed with input. Throws for any input that does harm.</summary>
public interface IFuzzTarget
{
    /// <summary>Its name, which is also that of its seeds in the corpus.</summary>
    string Name { get; }

    /// <summary>Runs one input to its end.</summary>
    /// <returns>In few words what became of it; input with a new outcome is changed further.</returns>
    Task<string> RunAsync(byte[] input);
}
