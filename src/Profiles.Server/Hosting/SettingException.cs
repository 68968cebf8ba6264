namespace Profiles.Server.Hosting;

/// <summary>A setting that the server cannot start with.</summary>
/// <param name="message">A sentence that names the setting and says what it must be.</param>
internal sealed class SettingException(string message) : Exception(message);
