using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Organizations;

namespace Profiles.Server.Services;

/// <summary>Organizations as messages of the contract.</summary>
internal static class OrganizationMessages
{
    public static V1.Organization ToMessage(Organization organization) => new()
    {
        OrganizationId = organization.Id.Value,
        DisplayName = organization.DisplayName,
        Settings = ProtoSettings.ToMessage(organization.Settings),
        Revision = organization.Revision,
        Etag = organization.Etag,
        CreateTime = Timestamp.FromDateTime(organization.CreateTime),
        ChangeTime = Timestamp.FromDateTime(organization.ChangeTime),
    };
}
