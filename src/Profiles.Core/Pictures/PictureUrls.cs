using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Records;

namespace Profiles.Core.Pictures;

/// <summary>
/// The addresses of pictures. A profile has one source for its <c>picture</c>: the address of an image elsewhere, or the id of an own
/// picture, which stands as an address for everybody who reads it.
/// </summary>
/// <param name="findBase">The address that own pictures are served at, without a slash at its end: <c>https://profiles.example.com</c>.</param>
public sealed class PictureUrls(Func<string> findBase)
{
    private const string Path = "/v1/pictures/";

    /// <summary>The own picture of a record; null when it has none.</summary>
    public static PictureKey? KeyOf(ProfileRecord record) =>
        PictureId.TryParseStored(record.Values.GetText(ProfileField.Picture), out var id) ? new PictureKey(record.Key.Organization, id) : null;

    /// <summary>The picture of a record as an address; null when it has none.</summary>
    public string? Of(ProfileRecord record) => Of(record.Key.Organization, record.Values);

    /// <summary>The picture among values of a record, those of its history for instance, as an address; null when there is none.</summary>
    public string? Of(OrganizationId organization, ProfileValues values) =>
        values.GetText(ProfileField.Picture) is { } text && PictureId.TryParseStored(text, out var id)
            ? Of(new PictureKey(organization, id))
            : values.GetText(ProfileField.Picture);

    /// <summary>The address of an own picture.</summary>
    public string Of(PictureKey key) => $"{findBase()}{Path}{key.Name}";

    /// <summary>Reads an address that <see cref="Of(PictureKey)"/> gave, with a size at its end or not.</summary>
    public bool TryParse([NotNullWhen(true)] string? address, out PictureKey key)
    {
        key = default;
        if (address is null || !address.StartsWith(findBase() + Path, StringComparison.Ordinal))
            return false;
        var rest = address.AsSpan(findBase().Length + Path.Length);
        var slash = rest.IndexOf('/');
        if (slash >= 0 && (!int.TryParse(rest[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || !PictureSize.All.Contains(size)))
            return false;
        return PictureKey.TryParse((slash < 0 ? rest : rest[..slash]).ToString(), out key);
    }
}
