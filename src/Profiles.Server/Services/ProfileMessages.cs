using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Pictures;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.V1;
using CoreActor = Profiles.Core.Access.Actor;
using CoreChange = Profiles.Core.Records.ProfileChange;
using CoreChangeType = Profiles.Core.Records.ProfileChangeType;

namespace Profiles.Server.Services;

/// <summary>Records as messages of the contract.</summary>
/// <param name="pictures">The addresses of own pictures.</param>
internal sealed class ProfileMessages(PictureUrls pictures)
{
    public Profile ToMessage(ProfileRecord record)
    {
        var message = new Profile
        {
            OrganizationId = record.Key.Organization.Value,
            UserId = record.Key.User.Value,
            Revision = record.Revision,
            Etag = record.Etag,
            CreateTime = Timestamp.FromDateTime(record.CreateTime),
            ChangeTime = Timestamp.FromDateTime(record.ChangeTime),
        };
        ProtoFields.CopyTo(record.Values, message);
        message.Picture = pictures.Of(record) ?? string.Empty;
        return message;
    }

    public static ObjectDetails ToDetails(ProfileRecord record) => new()
    {
        Sequence = (ulong)record.Revision,
        CreationDate = Timestamp.FromDateTime(record.CreateTime),
        ChangeDate = Timestamp.FromDateTime(record.ChangeTime),
        ResourceOwner = record.Key.Organization.Value,
    };

    public SetProfileResponse ToSetResponse(WriteOutcome outcome) => new()
    {
        Profile = ToMessage(outcome.Record!),
        Details = ToDetails(outcome.Record!),
        Unchanged = outcome.Kind == WriteOutcomeKind.Unchanged,
    };

    public V1.ProfileChange ToMessage(OrganizationId organization, CoreChange change)
    {
        var message = new V1.ProfileChange
        {
            Revision = change.Revision,
            Type = ToMessage(change.Type),
            ChangeTime = Timestamp.FromDateTime(change.Time),
            Actor = ToMessage(change.Actor),
            HttpRequestId = change.HttpRequestId ?? string.Empty,
            // The numbers are those of the contract.
            Reason = (V1.ProfileChangeReason)change.Reason,
            Values = new Profile(),
        };
        message.ChangedFields.Add(change.ChangedFields.Enumerate().SelectMany(field => Paths(field, change)));
        ProtoFields.CopyTo(change.Values, message.Values);
        message.Values.Picture = pictures.Of(organization, change.Values) ?? string.Empty;
        return message;
    }

    // The numbers of the kinds are those of the contract.
    public static Actor ToMessage(CoreActor actor) => new()
    {
        Type = (ActorType)actor.Type,
        Id = actor.Id,
        CredentialId = actor.CredentialId ?? string.Empty,
    };

    private static IEnumerable<string> Paths(ProfileField field, CoreChange change)
    {
        var name = ProfileFields.Get(field).Name;
        return field == ProfileField.Attributes && change.AttributeKeys is { } keys
            ? keys.Select(key => $"{name}.{key}")
            : [name];
    }

    private static V1.ProfileChangeType ToMessage(CoreChangeType type) =>
        type switch
        {
            CoreChangeType.Created => V1.ProfileChangeType.Created,
            CoreChangeType.Updated => V1.ProfileChangeType.Updated,
            _ => V1.ProfileChangeType.Deleted,
        };
}
