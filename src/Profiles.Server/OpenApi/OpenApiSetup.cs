using Profiles.Server.Access.Authentication;
using Profiles.Server.Dialects;
using Profiles.V1;

namespace Profiles.Server.OpenApi;

/// <summary>The OpenAPI document of the server's own API, and the page that shows it. Both are open to everybody.</summary>
internal static class OpenApiSetup
{
    private const string DocumentPath = "/openapi/v1.json";
    private const string Title = "Profiles";
    private const string OwnPackage = "profiles.v1";

    private const string Description =
        """
        User profiles: one record a user, read and changed over REST, gRPC and gRPC-Web from one contract.

        Names are in lowerCamelCase; snake_case is read too. 64-bit numbers are strings, fields without a value are left out. A query
        parameter or a JSON key that names no field is refused.

        Errors are a google.rpc.Status, or a problem document (RFC 9457) with `Accept: application/problem+json`. Each has a stable
        reason, and names the fields and rules that it is about.

        Every answer has an `x-request-id`, the caller's own if it sent one of up to 64 letters, digits, `-`, `_` and `.`. The header
        `grpc-timeout`, such as `500m` or `5S`, sets a deadline. A request whose header `Content-Digest` (RFC 9530) has another SHA-256 or
        SHA-512 than its body is refused.
        """;

    /// <summary>Maps <c>/openapi/v1.json</c>, a document of its own for each dialect, and <c>/docs</c>, which shows them all.</summary>
    public static void MapOpenApi(this WebApplication app, DialectSet dialects)
    {
        var operations = ActivatorUtilities.CreateInstance<OperationDescriber>(app.Services);
        app.MapOpenApiDocument(DocumentPath, options =>
        {
            options.Title = Title;
            options.Description = Description;
            options.Include = route => route.Method.File.Package == OwnPackage;
            options.AddDescriptorSet(typeof(Profile).Assembly);
            CredentialSchemes.AddTo(options.SecuritySchemes, CredentialHeaders.Native);
            options.ConfigureOperation(operations.Describe);
        }).AllowAnonymous();
        List<(string Path, string Name)> documents = [(DocumentPath, Title)];
        foreach (var dialect in dialects.Served)
            documents.Add((MapDialect(app, dialect), dialect.Dialect.Name));
        app.MapOpenApiPage("/docs", Title, documents).AllowAnonymous();
    }

    private static string MapDialect(WebApplication app, DialectBuilder dialect)
    {
        var path = $"/openapi/{dialect.Dialect.Name.ToLowerInvariant()}.json";
        var description = ActivatorUtilities.CreateInstance<DialectDescriber>(app.Services, dialect);
        app.MapOpenApiDocument(path, description.Configure).AllowAnonymous();
        return path;
    }
}
