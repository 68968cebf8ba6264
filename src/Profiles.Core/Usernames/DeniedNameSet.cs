using System.Text;
using Profiles.Core.Errors;

namespace Profiles.Core.Usernames;

/// <summary>Names of a request, each once however it is spelled.</summary>
public sealed class DeniedNameSet
{
    private readonly Dictionary<string, DeniedName> names = new(StringComparer.Ordinal);
    private int count;
    private long bytes;

    /// <summary>The names.</summary>
    public IReadOnlyCollection<DeniedName> Names => names.Values;

    /// <summary>Reads more names.</summary>
    /// <exception cref="ProfilesException">One is no text to deny, or they are too many or too long together.</exception>
    public void Add(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            if (!DeniedName.TryParse(text, out var name, out var violation))
                throw ProfilesException.Invalid($"usernames[{count}]", violation.Description);
            if (++count > UsernameDenylist.MaxSize)
                throw ProfilesException.Invalid("usernames", $"must have at most {UsernameDenylist.MaxSize} entries");
            // A stream has no end of its own.
            if ((bytes += Encoding.UTF8.GetByteCount(text)) > UsernameDenylist.MaxBytes)
                throw ProfilesException.Invalid("usernames", $"must have at most {UsernameDenylist.MaxBytes} bytes in all");
            names.TryAdd(name.Key, name);
        }
    }
}
