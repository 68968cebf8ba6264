namespace Profiles.Server.Tokens.Keys;

/// <summary>Where an issuer's keys come from.</summary>
internal interface IKeySource
{
    /// <summary>How often to ask.</summary>
    KeySchedule Schedule { get; }

    /// <summary>
    /// Reads the document with the keys, a JWK Set of at most <see cref="JsonWebKeySet.MaxBytes"/>. Whatever it
    /// throws, the keys at hand stay in use and the message goes to the log; that of a <see cref="FormatException"/> goes on from
    /// the document's name.
    /// </summary>
    Task<byte[]> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>How often an issuer's keys are read. The first two vary by a tenth, so that many servers do not ask at once.</summary>
/// <param name="Regular">The time between readings.</param>
/// <param name="AfterFailure">The same after one that failed.</param>
/// <param name="Least">The least time from one to the next, however many tokens name a key that is not there.</param>
internal sealed record KeySchedule(TimeSpan Regular, TimeSpan AfterFailure, TimeSpan Least)
{
    /// <summary>For keys that another server has to be asked for.</summary>
    public static KeySchedule Remote { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10));

    /// <summary>For keys in a file.</summary>
    public static KeySchedule Local { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
}
