using Profiles.Core.Fields;
using Profiles.Core.Patches;

namespace Profiles.Core.Tests.Support;

/// <summary>One thing that a write does. A list of them is a patch, for the builder and for the model.</summary>
public abstract record Step
{
    public abstract void ApplyTo(ProfilePatchBuilder builder);

    public static ProfilePatch Build(IEnumerable<Step> steps)
    {
        var builder = new ProfilePatchBuilder("profile.", byServer: true);
        foreach (var step in steps)
            step.ApplyTo(builder);
        return builder.Build();
    }
}

/// <summary>Gives a field a value; null clears it.</summary>
public sealed record FieldStep(ProfileField Field, object? Value) : Step
{
    public override void ApplyTo(ProfilePatchBuilder builder) => builder.Set(Field, Value);
}

/// <summary>Takes all attributes away.</summary>
public sealed record ReplaceStep : Step
{
    public override void ApplyTo(ProfilePatchBuilder builder) => builder.ReplaceAttributes();
}

/// <summary>Gives one attribute a value; null removes it.</summary>
public sealed record AttributeStep(string Key, string? Value) : Step
{
    public override void ApplyTo(ProfilePatchBuilder builder) => builder.SetAttribute(Key, Value);
}
