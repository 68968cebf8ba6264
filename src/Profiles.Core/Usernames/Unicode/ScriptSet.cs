using System.Runtime.InteropServices;

namespace Profiles.Core.Usernames.Unicode;

/// <summary>A set of scripts: bit i is the script at index i of <see cref="Scripts"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScriptSet(UInt128 Low, UInt128 High)
{
    public bool IsEmpty => Low == 0 && High == 0;

    public static ScriptSet Of(int script) =>
        script < 128 ? new ScriptSet(UInt128.One << script, 0) : new ScriptSet(0, UInt128.One << (script - 128));

    public static ScriptSet operator |(ScriptSet left, ScriptSet right) =>
        new(left.Low | right.Low, left.High | right.High);

    public bool Intersects(ScriptSet other) => (Low & other.Low) != 0 || (High & other.High) != 0;

    /// <summary>The index of the first script of the set, which is not empty.</summary>
    public int First() => (int)(Low != 0 ? UInt128.TrailingZeroCount(Low) : 128 + UInt128.TrailingZeroCount(High));

    /// <summary>The set without its first script.</summary>
    public ScriptSet WithoutFirst() =>
        Low != 0 ? this with { Low = Low & (Low - 1) } : this with { High = High & (High - 1) };
}
