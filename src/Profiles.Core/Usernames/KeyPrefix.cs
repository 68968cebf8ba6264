namespace Profiles.Core.Usernames;

/// <summary>
/// What keys begin with. Of capitals only a Σ at the end of the prefix becomes one of two letters: ς where the word ends with it, σ where it
/// goes on.
/// </summary>
/// <param name="Ended">If the word ends with the prefix. Not after <paramref name="GoesOn"/>, and nothing else is between the two.</param>
/// <param name="GoesOn">If the word goes on; the same in most cases.</param>
public readonly record struct KeyPrefix(string Ended, string GoesOn);
