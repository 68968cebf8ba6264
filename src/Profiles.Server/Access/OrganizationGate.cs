using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;

namespace Profiles.Server.Access;

/// <summary>
/// Decides which organization a caller acts in: its credential's own, or, for a platform administrator, the one that the header
/// <c>x-organization-id</c> names. It has to exist.
/// </summary>
internal sealed class OrganizationGate(OrganizationDirectory directory)
{
    /// <summary>The header that names an organization. Others than platform administrators can only repeat their own in it.</summary>
    public const string HeaderName = "x-organization-id";

    /// <summary>The caller in the organization that the request names.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="names">Those that name an organization; where several do, each counts. An empty one names none.</param>
    /// <exception cref="ProfilesException">It names one that the caller does not reach, or none that could be.</exception>
    public static Caller Enter(Caller caller, IHeaderDictionary headers, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (headers.TryGetValue(name, out var values) && values.Count > 0 && values is not [""])
                caller = values is [{ } text] && OrganizationId.TryParse(text, out var organization) ? caller.In(organization) : throw Caller.Forbidden();
        }

        return caller;
    }

    /// <summary>The organization, from memory where it is known.</summary>
    /// <exception cref="ProfilesException">There is none, or no longer.</exception>
    public ValueTask<Organization> GetAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        directory.GetAsync(organization, cancellationToken);
}
