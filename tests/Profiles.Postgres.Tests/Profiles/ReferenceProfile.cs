using Profiles.Core.Fields;
using Profiles.Core.Rules;
using Profiles.Core.Storage;
using static Profiles.Core.Storage.WriteOutcomeKind;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>What a write asks for, in the plainest form: a value by field, and by attribute; null clears.</summary>
internal sealed record Edit(
    IReadOnlyDictionary<ProfileField, object?> Fields, bool Replaces, IReadOnlyDictionary<string, string?> Attributes);

/// <summary>One user's profile as it should be: the rules of the store again, in memory and one after the other.</summary>
internal sealed class ReferenceProfile
{
    private readonly Dictionary<ProfileField, object> values = [];

    public SortedDictionary<string, string> Attributes { get; private set; } = new(StringComparer.Ordinal);

    public bool Exists { get; private set; }

    public long Revision { get; private set; }

    /// <summary>The fields that each revision changed; null for a deletion.</summary>
    public List<long?> History { get; } = [];

    public object? this[ProfileField field] => values.GetValueOrDefault(field);

    public WriteOutcomeKind Apply(Edit edit, Precondition precondition)
    {
        if (!Exists && (precondition.MustExist || precondition.Revisions is not null))
            return Revision > 0 && precondition.Revisions is not null ? StaleRevision : NotFound;
        if (precondition.Revisions is { } revisions && !revisions.Contains(Revision))
            return StaleRevision;

        var attributes = AttributesAfter(edit);
        if (attributes.Count > AttributeRules.MaxCount)
            return TooManyAttributes;
        edit = edit with { Fields = WithFallenFlags(edit.Fields) };
        var changed = edit.Fields.Where(pair => !Equals(this[pair.Key], pair.Value)).Sum(pair => 1L << (int)pair.Key);
        if (!attributes.SequenceEqual(Attributes))
            changed += 1L << (int)ProfileField.Attributes;
        if (Exists && changed == 0)
            return Unchanged;

        foreach (var (field, value) in edit.Fields)
        {
            values.Remove(field);
            if (value is not null)
                values[field] = value;
        }

        Attributes = attributes;
        Exists = true;
        Revision++;
        History.Add(changed);
        return Written;
    }

    public WriteOutcomeKind Delete(Precondition precondition)
    {
        if (!Exists)
            return Revision > 0 && precondition.Revisions is not null ? StaleRevision : NotFound;
        if (precondition.Revisions is { } revisions && !revisions.Contains(Revision))
            return StaleRevision;

        values.Clear();
        Attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Exists = false;
        Revision++;
        History.Add(null);
        return Written;
    }

    // A verification that the edit does not name falls with the value that it vouched for.
    private Dictionary<ProfileField, object?> WithFallenFlags(IReadOnlyDictionary<ProfileField, object?> fields)
    {
        var all = new Dictionary<ProfileField, object?>(fields);
        foreach (var (flag, value) in ((ProfileField, ProfileField)[])
            [(ProfileField.EmailVerified, ProfileField.Email), (ProfileField.PhoneNumberVerified, ProfileField.PhoneNumber)])
        {
            if (!fields.ContainsKey(flag) && fields.TryGetValue(value, out var given) && !Equals(this[value], given))
                all[flag] = null;
        }

        return all;
    }

    private SortedDictionary<string, string> AttributesAfter(Edit edit)
    {
        var attributes = edit.Replaces ? [] : new Dictionary<string, string>(Attributes, StringComparer.Ordinal);
        foreach (var (key, value) in edit.Attributes)
        {
            attributes.Remove(key);
            if (value is not null)
                attributes[key] = value;
        }

        return new SortedDictionary<string, string>(attributes, StringComparer.Ordinal);
    }
}
