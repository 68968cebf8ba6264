using System.Globalization;
using Profiles.Core.Fields;
using Profiles.V1;

namespace Profiles.Server.Services;

/// <summary>Gender in the message and in the record.</summary>
internal static class ProtoGender
{
    /// <summary>The record's value; a number that the contract does not know becomes text that no rule accepts.</summary>
    public static string? ToText(Gender gender) =>
        gender switch
        {
            Gender.Unspecified => null,
            Gender.Female => GenderValues.Female,
            Gender.Male => GenderValues.Male,
            Gender.Diverse => GenderValues.Diverse,
            _ => ((int)gender).ToString(CultureInfo.InvariantCulture),
        };

    public static Gender FromText(string gender) =>
        gender switch
        {
            GenderValues.Female => Gender.Female,
            GenderValues.Male => Gender.Male,
            _ => Gender.Diverse,
        };
}
