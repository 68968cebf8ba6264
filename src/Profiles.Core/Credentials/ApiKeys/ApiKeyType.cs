namespace Profiles.Core.Credentials.ApiKeys;

/// <summary>The types of API keys. The numbers are stored, and are those of the contract.</summary>
public enum ApiKeyType
{
    /// <summary>Speaks for one user, and reaches that user's own record.</summary>
    Session = 1,

    /// <summary>Not secret: reaches nothing that is private.</summary>
    Public = 2,

    /// <summary>For servers: may do what its permissions say in the whole organization.</summary>
    Administrative = 3,
}
