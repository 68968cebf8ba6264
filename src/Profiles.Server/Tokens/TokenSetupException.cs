namespace Profiles.Server.Tokens;

/// <summary>
/// Tokens cannot be checked or issued as the settings ask. The message is a sentence for the operator that names the setting, the
/// file or the option: it belongs on the console and in the log, never in an answer to a caller.
/// </summary>
/// <param name="message">What is wrong and what to do about it.</param>
/// <param name="innerException">The failure behind it.</param>
internal sealed class TokenSetupException(string message, Exception? innerException = null)
    : Exception(message, innerException);
