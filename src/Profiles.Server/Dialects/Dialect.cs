using System.Text.Json.Nodes;
using Profiles.OpenApi;
using Profiles.Server.Access.Authentication;

namespace Profiles.Server.Dialects;

/// <summary>
/// The documented API of another system, for clients of that system: they work as they are when their base URL is changed. A dialect
/// is a way to write and read the records of our own API, and nothing else.
/// </summary>
internal abstract class Dialect
{
    /// <summary>Its name, as in the setting <c>Dialects__Zitadel__Enabled</c>; in small letters, as in its OpenAPI document.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, for its OpenAPI document, in Markdown.</summary>
    public abstract string Description { get; }

    /// <summary>The names of its settings beside <c>Enabled</c>.</summary>
    public virtual IReadOnlyList<string> Settings => [];

    /// <summary>Where its clients send their credentials.</summary>
    public virtual CredentialHeaders Credentials => CredentialHeaders.Native;

    /// <summary>The form of its errors over REST, as a Schema Object.</summary>
    public abstract JsonObject ErrorSchema { get; }

    /// <summary>Says of an operation what its contract does not.</summary>
    public virtual void Describe(OpenApiOperation operation)
    {
    }

    /// <summary>Adds its services.</summary>
    public abstract void AddTo(DialectBuilder builder);
}
