using System.Text.Json.Nodes;
using Profiles.Contracts.Epixel.V1;
using Profiles.Server.Access.Authentication;
using Profiles.Server.Hosting;
using Profiles.Server.Pictures;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>Epixel's user profiles.</summary>
internal sealed class EpixelDialect : Dialect
{
    private const string Prefix = "Prefix";
    private const string Version = "Version";

    /// <inheritdoc/>
    public override string Name => "Epixel";

    /// <inheritdoc/>
    public override string Description =>
        """
        The own profile, for clients of Epixel: change their base URL. Prefix and version of the paths are settings of the server. Updates are
        forms, `multipart/form-data` or `application/x-www-form-urlencoded`. Every answer is an envelope of `status_code`, `errors` and
        `data`.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings => [Prefix, Version];

    /// <inheritdoc/>
    public override CredentialHeaders Credentials { get; } = CredentialHeaders.Native with { ApiKey = ["apikey"], AppKey = [], NeedsApiKey = true };

    /// <inheritdoc/>
    public override JsonObject ErrorSchema { get; } = JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "The envelope of an error.",
          "required": ["status_code", "errors", "data"],
          "properties": {
            "status_code": {"type": "integer", "description": "The HTTP status."},
            "errors": {
              "type": "object",
              "description": "What is wrong, by field; under `detail` what no field is to blame for.",
              "additionalProperties": {"type": "array", "items": {"type": "string"}}
            },
            "data": {"type": "object", "description": "Empty."}
          }
        }
        """)!.AsObject();

    /// <inheritdoc/>
    public override void AddTo(DialectBuilder builder)
    {
        var path = $"/{Segment(builder, Prefix, "api")}/{Segment(builder, Version, "v1")}";
        builder.Services.AddSingleton<EmailTokens>();
        builder.Services.AddSingleton<EpixelMessages>();
        builder.AddService<EpixelUserService>(UserServiceReflection.Descriptor, options => ConfigureRest(options, path));
        builder.AddService<EpixelProfileImageService>(
            ProfileImageServiceReflection.Descriptor,
            options => ConfigureRest(options, path),
            large: (nameof(EpixelProfileImageService.UploadProfileImage), PictureSetup.MaxRequestBytes));
        builder.AddFallback<EpixelUserService>(path);
    }

    private static void ConfigureRest(JsonTranscodingOptions options, string path)
    {
        options.PathPrefix = path;
        options.AcceptForms = true;
        options.WriteDefaultValues = true;
        options.IgnoreUnknownFields = true;
        options.IgnoreUnknownQueryParameters = true;
        options.ErrorWriter = new EpixelErrorWriter();
    }

    private static string Segment(DialectBuilder builder, string name, string unlessSet)
    {
        var text = builder.Settings.Find(name) ?? unlessSet;
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : throw new SettingException($"Dialects__Epixel__{name} must be one part of a path, of letters, digits, - _ and . alone, yet is '{text}'.");
    }
}
