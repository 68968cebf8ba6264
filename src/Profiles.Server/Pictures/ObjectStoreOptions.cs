using Profiles.Server.Hosting;

namespace Profiles.Server.Pictures;

/// <summary>The settings of an object store that speaks the protocol of Amazon S3, <c>Pictures__S3__…</c>.</summary>
internal sealed record ObjectStoreOptions
{
    private const string Section = "Pictures:S3";
    private const string DefaultRegion = "us-east-1";

    /// <summary>The bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>The address of the store; null for Amazon's own.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Its region.</summary>
    public required string Region { get; init; }

    /// <summary>The key; null for what the machine has (environment, files or role, as Amazon's tools find them).</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret of the key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Whether the bucket stands in the path of addresses, and not in the name of the host.</summary>
    public required bool PathStyle { get; init; }

    /// <summary>Whether readers are sent to the store itself, by addresses that are good for a while.</summary>
    public required bool Redirect { get; init; }

    /// <summary>Reads the settings; null when there is no bucket.</summary>
    /// <exception cref="SettingException">One of them is wrong.</exception>
    public static ObjectStoreOptions? Read(IConfiguration configuration)
    {
        configuration.DemandKnown(
            Section, nameof(Bucket), nameof(Endpoint), nameof(Region), nameof(AccessKey), nameof(SecretKey), nameof(PathStyle), nameof(Redirect));
        if (configuration.Find($"{Section}:{nameof(Bucket)}") is not { } bucket)
            return null;
        var endpoint = configuration.Find($"{Section}:{nameof(Endpoint)}");
        var (key, secret) = (configuration.Find($"{Section}:{nameof(AccessKey)}"), configuration.Find($"{Section}:{nameof(SecretKey)}"));
        if (endpoint is not null && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            throw new SettingException($"Pictures__S3__Endpoint must be an address such as https://s3.example.com, yet is '{endpoint}'.");
        if (key is null != secret is null)
            throw new SettingException("Pictures__S3__AccessKey and Pictures__S3__SecretKey go together.");
        return new ObjectStoreOptions
        {
            Bucket = bucket,
            Endpoint = endpoint,
            Region = configuration.Find($"{Section}:{nameof(Region)}") ?? DefaultRegion,
            AccessKey = key,
            SecretKey = secret,
            PathStyle = configuration.ReadSwitch($"{Section}:{nameof(PathStyle)}", unlessSet: endpoint is not null),
            Redirect = configuration.ReadSwitch($"{Section}:{nameof(Redirect)}", unlessSet: true),
        };
    }
}
