namespace Profiles.Core.Rules;

/// <summary>
/// E-mail addresses: a dot-string and a domain name as in RFC 5321, section 4.1.2, with the letters that RFC 6531 adds.
/// Quoted local parts and address literals are refused, as mail forms do.
/// </summary>
public static class EmailRule
{
    /// <summary>The most characters (code points) an address may have.</summary>
    public const int MaxLength = 320;

    private const string Rule = "must be a valid e-mail address such as alice@example.com";
    private const string LocalMarks = "!#$%&'*+-/=?^_`{|}~";
    private const int MaxLocalOctets = 64;
    private const int MaxDomainOctets = 255;
    private const int MaxLabelOctets = 63;

    /// <summary>Checks an address.</summary>
    public static string? Check(string value)
    {
        if (TextRules.Plain(value, MaxLength) is { } broken)
            return broken;

        var at = value.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && IsLocalPart(value.AsSpan(0, at)) && IsDomain(value.AsSpan(at + 1)) ? null : Rule;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (Octets(local) > MaxLocalOctets)
            return false;

        foreach (var atom in local.Split('.'))
        {
            if (local[atom].IsEmpty || !IsAtom(local[atom]))
                return false;
        }

        return true;
    }

    private static bool IsAtom(ReadOnlySpan<char> atom)
    {
        foreach (var c in atom)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !LocalMarks.Contains(c, StringComparison.Ordinal) && !IsInternational(c))
                return false;
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.IsEmpty || Octets(domain) > MaxDomainOctets)
            return false;

        foreach (var label in domain.Split('.'))
        {
            if (!IsLabel(domain[label]))
                return false;
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || Octets(label) > MaxLabelOctets || label[0] == '-' || label[^1] == '-')
            return false;

        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-' && !IsInternational(c))
                return false;
        }

        return true;
    }

    private static bool IsInternational(char c) => !char.IsAscii(c) && !char.IsWhiteSpace(c);

    private static int Octets(ReadOnlySpan<char> text) => System.Text.Encoding.UTF8.GetByteCount(text);
}
