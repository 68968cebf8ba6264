namespace Profiles.Core.Fields;

/// <summary>An object of one of the organization's data sources.</summary>
/// <param name="DatasourceId">The data source, 1–128 code points.</param>
/// <param name="ObjectDefinitionId">The object's definition in it, 1–128 code points.</param>
public sealed record ObjectReference(string DatasourceId, string ObjectDefinitionId)
{
    /// <summary>The most code points that each part may have.</summary>
    public const int MaxPartLength = 128;
}
