using Profiles.Core.Fields;
using Profiles.Core.Records;

namespace Profiles.Core.Tests.Support;

/// <summary>A profile as a test thinks of it: two dictionaries, to which steps are applied one after the other.</summary>
internal sealed class ProfileModel
{
    private readonly SortedDictionary<ProfileField, object> values = [];

    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public static ProfileModel Of(IEnumerable<Step> steps) => new ProfileModel().Apply(steps);

    public ProfileModel Apply(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
            Apply(step);
        return this;
    }

    public bool Has(ProfileModel other) =>
        values.SequenceEqual(other.values) && Attributes.SequenceEqual(other.Attributes);

    public ProfileValues ToValues()
    {
        var all = new object?[ProfileFields.All.Count];
        foreach (var (field, value) in values)
            all[(int)field] = value;
        all[(int)ProfileField.Attributes] = Attributes;
        return new ProfileValues(all);
    }

    public IEnumerable<Step> ToSteps() =>
        SampleValues.Fields.Select(field => (Step)new FieldStep(field, values.GetValueOrDefault(field)))
            .Concat(Attributes.Select(attribute => new AttributeStep(attribute.Key, attribute.Value)));

    private void Apply(Step step)
    {
        switch (step)
        {
            case FieldStep { Value: null or "" or false } clear:
                values.Remove(clear.Field);
                break;
            case FieldStep set:
                values[set.Field] = set.Value;
                break;
            case ReplaceStep:
                Attributes.Clear();
                break;
            case AttributeStep { Value: null } remove:
                Attributes.Remove(remove.Key);
                break;
            case AttributeStep set:
                Attributes[set.Key] = set.Value;
                break;
        }
    }
}
