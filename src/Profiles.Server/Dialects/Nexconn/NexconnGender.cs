using Profiles.Core.Fields;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>Gender as the dialect's number and as the record's text.</summary>
internal static class NexconnGender
{
    private const int Unknown = 0;
    private const int Male = 1;
    private const int Female = 2;

    /// <summary>Whether the number stands for something.</summary>
    public static bool IsKnown(int gender) => gender is Unknown or Male or Female;

    /// <summary>The record's text; null for unknown.</summary>
    public static string? ToText(int gender) =>
        gender switch
        {
            Male => GenderValues.Male,
            Female => GenderValues.Female,
            _ => null,
        };

    /// <summary>The number; what the dialect has no number for is unknown.</summary>
    public static int FromText(string gender) =>
        gender switch
        {
            GenderValues.Male => Male,
            GenderValues.Female => Female,
            _ => Unknown,
        };
}
