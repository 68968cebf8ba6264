namespace Profiles.Core.Limits;

/// <summary>Classes of calls, each with an allowance of its own. The numbers are stored, and are those of the contract.</summary>
public enum RateClass
{
    /// <summary>Reads one record, or one page of them.</summary>
    Read = 1,

    /// <summary>Writes one record.</summary>
    Write = 2,

    /// <summary>Reads or writes many records at once.</summary>
    Batch = 3,

    /// <summary>Changes organizations or credentials, or reads about them.</summary>
    Administration = 4,
}
