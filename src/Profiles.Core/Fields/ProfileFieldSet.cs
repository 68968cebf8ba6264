using System.Numerics;

namespace Profiles.Core.Fields;

/// <summary>A set of fields, as the bit set that is stored with the history.</summary>
/// <param name="Bits">Bit <c>n</c> stands for the field of number <c>n</c>.</param>
public readonly record struct ProfileFieldSet(long Bits)
{
    /// <summary>Whether the set has no field.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>How many fields the set has.</summary>
    public int Count => BitOperations.PopCount((ulong)Bits);

    /// <summary>The bit of one field.</summary>
    public static long Bit(ProfileField field) => 1L << (int)field;

    /// <summary>Whether <paramref name="field"/> is in the set.</summary>
    public bool Contains(ProfileField field) => (Bits & Bit(field)) != 0;

    /// <summary>This set and <paramref name="field"/>.</summary>
    public ProfileFieldSet With(ProfileField field) => new(Bits | Bit(field));

    /// <summary>The fields by ascending number.</summary>
    public IEnumerable<ProfileField> Enumerate()
    {
        for (var rest = Bits; rest != 0; rest &= rest - 1)
            yield return (ProfileField)BitOperations.TrailingZeroCount(rest);
    }
}
