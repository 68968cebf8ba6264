using System.Diagnostics.CodeAnalysis;
using Profiles.Core.Identity;

namespace Profiles.Core.Pictures;

/// <summary>Names one picture among those of all organizations; <see cref="Name"/> is what stands in its address.</summary>
/// <param name="Organization">The organization that it belongs to.</param>
/// <param name="Id">The picture in it.</param>
public readonly record struct PictureKey(OrganizationId Organization, PictureId Id)
{
    /// <summary>The rule for <see cref="Name"/>, as a caller reads it in an error.</summary>
    public const string Rule = "must be the id of a picture, as it stands in the address of one";

    // Neither id can have it.
    private const char Separator = '~';

    /// <summary>Organization and id, as in <c>acme~9f86d081…</c>.</summary>
    public string Name => $"{Organization}{Separator}{Id}";

    /// <summary>Reads a <see cref="Name"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PictureKey key)
    {
        key = default;
        var separator = text?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (separator < 0
            || !OrganizationId.TryParse(text![..separator], out var organization)
            || !PictureId.TryParse(text[(separator + 1)..], out var id))
        {
            return false;
        }

        key = new PictureKey(organization, id);
        return true;
    }
}
