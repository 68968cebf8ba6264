using System.Diagnostics.CodeAnalysis;
using Profiles.Core.Identity;

namespace Profiles.Core.Changes;

/// <summary>The news, without its content, that something changed which servers keep in memory.</summary>
/// <param name="Kind">What it is, one of <see cref="ChangeKinds"/>.</param>
/// <param name="Organization">The organization that it belongs to.</param>
/// <param name="Id">Its id; for an organization its own. Holds no colon.</param>
public sealed record ChangeNotice(string Kind, OrganizationId Organization, string Id)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ChangeNotice? notice)
    {
        notice = text.Split(':') is [{ Length: > 0 } kind, var owner, { Length: > 0 } id] && OrganizationId.TryParse(owner, out var organization)
            ? new ChangeNotice(kind, organization, id)
            : null;
        return notice is not null;
    }

    /// <summary>The notice as it travels: <c>kind:organization:id</c>.</summary>
    public override string ToString() => $"{Kind}:{Organization}:{Id}";
}

/// <summary>The kinds of things whose changes are told. Servers of different releases understand each other by these names.</summary>
public static class ChangeKinds
{
    /// <summary>An organization: created, changed, deleted, removed.</summary>
    public const string Organization = "organization";

    /// <summary>An API key: created, rotated, revoked.</summary>
    public const string ApiKey = "api_key";

    /// <summary>A signed application: created, rotated, revoked.</summary>
    public const string Application = "application";
}
