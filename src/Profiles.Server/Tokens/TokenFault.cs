namespace Profiles.Server.Tokens;

/// <summary>
/// What is wrong with a token: for the log and for tests. Callers are told only that the credential is not valid, so that a
/// forger does not learn how far an attempt came; or that it cannot be checked now (<see cref="KeysUnavailable"/>). Checks are
/// made in the order of this list; those after <see cref="Signature"/> say something about a token that a trusted issuer did sign.
/// </summary>
internal enum TokenFault
{
    /// <summary>Nothing: the token is valid.</summary>
    None = 0,

    /// <summary>Longer than <see cref="TokenValidator.MaxLength"/>.</summary>
    TooLong = 1,

    /// <summary>Not three parts in canonical, unpadded base64url.</summary>
    Form = 2,

    /// <summary>The header is not a JSON object within the limits, or one of its members has the wrong type.</summary>
    Header = 3,

    /// <summary>The header names an algorithm other than ES256 and RS256.</summary>
    Algorithm = 4,

    /// <summary>The header names another kind of token.</summary>
    Type = 5,

    /// <summary>The header demands extensions (<c>crit</c>).</summary>
    CriticalExtension = 6,

    /// <summary>The header names no key.</summary>
    KeyMissing = 7,

    /// <summary>The payload is not a JSON object within the limits.</summary>
    Payload = 8,

    /// <summary>No trusted issuer, or none at all.</summary>
    Issuer = 9,

    /// <summary>The issuer's keys cannot be had, or it cannot be told whether the key is one of them.</summary>
    KeysUnavailable = 10,

    /// <summary>The issuer has no such key.</summary>
    KeyUnknown = 11,

    /// <summary>The key is one for another algorithm.</summary>
    KeyMismatch = 12,

    /// <summary>The signature is not one of this key over this token.</summary>
    Signature = 13,

    /// <summary>Made for another audience, or for none.</summary>
    Audience = 14,

    /// <summary>No expiry, or a time that is no sensible number of seconds.</summary>
    Time = 15,

    /// <summary>Expired longer ago than the leeway.</summary>
    Expired = 16,

    /// <summary>Valid or issued only later than the leeway from now.</summary>
    NotYetValid = 17,

    /// <summary>No subject, or not one of 1–255 characters without control characters.</summary>
    Subject = 18,

    /// <summary>No organization, or no valid identifier of one.</summary>
    Organization = 19,

    /// <summary>An organization that the settings do not let the issuer speak for.</summary>
    OrganizationNotAllowed = 20,

    /// <summary>Permissions or roles of the wrong type, or too many permissions.</summary>
    Permissions = 21,
}
