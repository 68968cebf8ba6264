using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>What calls make of a profile: the fields that they write.</summary>
internal static class States
{
    private const string AttributePrefix = "attributes.";

    /// <summary>The state after a call took place.</summary>
    public static Profile? After(Profile? state, Attempt? attempt) => attempt switch
    {
        { Change: { } change } => After(state, change.Profile, change.UpdateMask.Paths),
        { Kind: AttemptKind.Delete } => null,
        _ => state,
    };

    /// <summary>The state after a recorded change, by its own values.</summary>
    public static Profile? After(Profile? state, ProfileChange change) => change.Type == ProfileChangeType.Deleted
        ? null
        : After(change.Type == ProfileChangeType.Created ? null : state, change.Values ?? new Profile(), change.ChangedFields);

    /// <summary>A profile without what only the service sets.</summary>
    public static Profile? Of(Profile? profile) => profile is null ? null : new Profile
    {
        Nickname = profile.Nickname,
        Location = profile.Location,
        Attributes = { profile.Attributes },
    }.WithNameOf(profile);

    private static Profile After(Profile? state, Profile values, IEnumerable<string> paths)
    {
        var after = state?.Clone() ?? new Profile();
        foreach (var path in paths)
            Set(after, values, path);
        return after;
    }

    private static void Set(Profile state, Profile values, string path)
    {
        switch (path)
        {
            case "nickname":
                state.Nickname = values.Nickname;
                break;
            case "location":
                state.Location = values.Location;
                break;
            case "preferred_username":
                state.WithNameOf(values);
                break;
            default:
                var key = path[AttributePrefix.Length..];
                state.Attributes.Remove(key);
                if (values.Attributes.TryGetValue(key, out var value))
                    state.Attributes.Add(key, value);
                break;
        }
    }

    private static Profile WithNameOf(this Profile profile, Profile other)
    {
        if (other.HasPreferredUsername)
            profile.PreferredUsername = other.PreferredUsername;
        else
            profile.ClearPreferredUsername();
        return profile;
    }
}
