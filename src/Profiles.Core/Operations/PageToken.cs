using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Storage;

namespace Profiles.Core.Operations;

/// <summary>
/// The opaque token of a page: the place to go on from, and a check that binds it to the query it was issued for. It holds
/// nothing that its caller has not seen.
/// </summary>
internal static class PageToken
{
    /// <summary>The longest token that is looked at: that of a denied name of characters that its key has three of, four bytes each.</summary>
    private const int MaxLength = 4200;

    private const int CheckBytes = 8;

    public static string Encode(string query, ListPosition position) =>
        Encode(query, string.Create(CultureInfo.InvariantCulture, $"{position.CreateTime.Ticks} {position.User.Value}"));

    public static string Encode(string query, long revision) =>
        Encode(query, revision.ToString(CultureInfo.InvariantCulture));

    public static string Encode(string query, OrganizationId organization) => Encode(query, organization.Value);

    public static string Encode(string query, Guid id) => Encode(query, id.ToString("N"));

    public static ListPosition? DecodePosition(string query, string token)
    {
        if (token.Length == 0)
            return null;
        var parts = Decode(query, token).Split(' ');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            && UserId.TryParse(parts[1], out var user)
                ? new ListPosition(new DateTime(ticks, DateTimeKind.Utc), user)
                : throw NotIssued();
    }

    public static long? DecodeRevision(string query, string token)
    {
        if (token.Length == 0)
            return null;
        return long.TryParse(Decode(query, token), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw NotIssued();
    }

    public static OrganizationId? DecodeOrganization(string query, string token)
    {
        if (token.Length == 0)
            return null;
        return OrganizationId.TryParse(Decode(query, token), out var organization) ? organization : throw NotIssued();
    }

    public static Guid? DecodeId(string query, string token)
    {
        if (token.Length == 0)
            return null;
        return Guid.TryParseExact(Decode(query, token), "N", out var id) ? id : throw NotIssued();
    }

    public static string Encode(string query, string position)
    {
        byte[] content = [.. Check(query, position), .. Encoding.UTF8.GetBytes(position)];
        return Base64Url.EncodeToString(content);
    }

    public static string DecodeText(string query, string token)
    {
        if (token.Length == 0)
            return string.Empty;
        // Anybody can compute the check; no text that is stored has this character.
        var text = Decode(query, token);
        return text.Contains('\0', StringComparison.Ordinal) ? throw NotIssued() : text;
    }

    private static string Decode(string query, string token)
    {
        Span<byte> content = stackalloc byte[MaxLength];
        if (token.Length > MaxLength
            || Base64Url.DecodeFromChars(token, content, out _, out var length) != OperationStatus.Done
            || length <= CheckBytes)
        {
            throw NotIssued();
        }

        // Issued anew and compared whole, so that what the decoder forgives (blanks, padding) is refused as well.
        var position = Encoding.UTF8.GetString(content[CheckBytes..length]);
        return Encode(query, position) == token ? position : throw NotIssued();
    }

    private static ReadOnlySpan<byte> Check(string query, string position) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{query}\n{position}")).AsSpan(0, CheckBytes);

    private static ProfilesException NotIssued() =>
        ProfilesException.Invalid("page_token", "must be the next_page_token of the same query, unaltered");
}
