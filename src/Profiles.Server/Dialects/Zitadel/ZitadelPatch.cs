using System.Globalization;
using Profiles.Contracts.Zitadel.Auth.V1;
using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;

namespace Profiles.Server.Dialects.Zitadel;

/// <summary>Reads an update: all six fields, whether they are sent or not.</summary>
internal static class ZitadelPatch
{
    private const int MaxNameRunes = 200;
    private const int MaxLanguageRunes = 10;

    /// <summary>The patch.</summary>
    /// <exception cref="ProfilesException">A rule of the contract is broken: the first one, as there.</exception>
    public static DialectPatch Read(UpdateMyProfileRequest request, OrganizationSettings settings)
    {
        Demand("FirstName", request.FirstName, 1, MaxNameRunes);
        Demand("LastName", request.LastName, 1, MaxNameRunes);
        Demand("NickName", request.NickName, 0, MaxNameRunes);
        Demand("DisplayName", request.DisplayName, 1, MaxNameRunes);
        Demand("PreferredLanguage", request.PreferredLanguage, 0, MaxLanguageRunes);

        var patch = new DialectPatch(settings, byServer: false);
        patch.Set("FirstName", ProfileField.GivenName, request.FirstName);
        patch.Set("LastName", ProfileField.FamilyName, request.LastName);
        patch.Set("NickName", ProfileField.Nickname, request.NickName);
        patch.Set("DisplayName", ProfileField.DisplayName, request.DisplayName);
        patch.Set("PreferredLanguage", ProfileField.Locale, request.PreferredLanguage);
        patch.Set("Gender", ProfileField.Gender, ZitadelMessages.ToText(request.Gender));
        return patch;
    }

    private static void Demand(string field, string value, int least, int most)
    {
        var runes = value.EnumerateRunes().Count();
        if (runes >= least && runes <= most)
            return;
        throw ProfilesException.Invalid(field, least > 0
            ? string.Create(CultureInfo.InvariantCulture, $"value length must be between {least} and {most} runes, inclusive")
            : string.Create(CultureInfo.InvariantCulture, $"value length must be at most {most} runes"));
    }
}
