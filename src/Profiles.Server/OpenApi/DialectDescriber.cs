using System.Text.Json.Nodes;
using Profiles.OpenApi;
using Profiles.Server.Access;
using Profiles.Server.Dialects;
using Profiles.V1;

namespace Profiles.Server.OpenApi;

/// <summary>Describes a dialect: its routes, its credentials, and the form of its errors.</summary>
internal sealed class DialectDescriber(AccessRules rules, DialectBuilder dialect)
{
    private const string ErrorName = "Error";

    /// <summary>Sets the options of its document.</summary>
    public void Configure(OpenApiOptions options)
    {
        var files = dialect.Contracts.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        options.Title = dialect.Dialect.Name;
        options.Description = dialect.Dialect.Description;
        options.Include = route => files.Contains(route.Method.File.Name);
        options.AddDescriptorSet(typeof(Profile).Assembly);
        CredentialSchemes.AddTo(options.SecuritySchemes, dialect.Dialect.Credentials);
        options.ConfigureOperation(Describe);
        options.ConfigureDocument(AddErrorSchema);
    }

    private void Describe(OpenApiOperation operation)
    {
        CredentialSchemes.DescribeAccess(operation, rules.Find(operation.Route.FullName)!, dialect.Dialect.Credentials);
        foreach (var (_, response) in operation.Json["responses"]!.AsObject().Where(response => !response.Key.StartsWith('2')))
        {
            response!["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{ErrorName}" } },
            };
        }

        dialect.Dialect.Describe(operation);
    }

    private void AddErrorSchema(JsonObject document) =>
        document["components"]!["schemas"]!.AsObject().Add(ErrorName, dialect.Dialect.ErrorSchema.DeepClone());
}
