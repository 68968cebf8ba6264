using Profiles.Core.Pictures;
using Profiles.Server.Hosting;

namespace Profiles.Server.Pictures;

/// <summary>The settings of pictures, <c>Pictures__…</c>; docs/pictures.md lists them.</summary>
internal sealed record PictureOptions
{
    private const string Section = "Pictures";
    private const int MostParallel = 64;

    /// <summary>Where own pictures are served for everybody, without a slash at its end; null for the server's own address.</summary>
    public string? PublicBase { get; init; }

    /// <summary>The file of libvips; null for the installed one.</summary>
    public string? LibraryPath { get; init; }

    /// <summary>How many images are worked on at once.</summary>
    public required int Parallel { get; init; }

    /// <summary>How many uploads are taken at once.</summary>
    public required int Uploads { get; init; }

    /// <summary>Where new files go.</summary>
    public required PicturePlace Store { get; init; }

    /// <summary>The folder for files; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>The object store for files; null for none.</summary>
    public ObjectStoreOptions? S3 { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One of them is wrong.</exception>
    public static PictureOptions Read(IConfiguration configuration)
    {
        configuration.DemandKnown(Section, nameof(PublicBase), nameof(LibraryPath), nameof(Parallel), nameof(Uploads), nameof(Store), nameof(Folder), nameof(S3));
        var options = new PictureOptions
        {
            PublicBase = ReadBase(configuration, $"{Section}:{nameof(PublicBase)}"),
            LibraryPath = configuration.Find($"{Section}:{nameof(LibraryPath)}"),
            Parallel = configuration.ReadNumber(
                $"{Section}:{nameof(Parallel)}", 1, MostParallel, unlessSet: Math.Clamp(Environment.ProcessorCount, 1, 4)),
            Uploads = configuration.ReadNumber($"{Section}:{nameof(Uploads)}", 1, 1000, unlessSet: 16),
            Store = ReadPlace(configuration.Find($"{Section}:{nameof(Store)}") ?? "database", "Pictures__Store"),
            Folder = configuration.Find($"{Section}:{nameof(Folder)}"),
            S3 = ObjectStoreOptions.Read(configuration),
        };
        options.Demand(options.Store, "Pictures__Store");
        return options;
    }

    /// <summary>Reads the name of a place.</summary>
    /// <exception cref="SettingException">There is none of this name.</exception>
    public static PicturePlace ReadPlace(string text, string name) => text switch
    {
        "database" => PicturePlace.Database,
        "folder" => PicturePlace.Folder,
        "s3" => PicturePlace.ObjectStore,
        _ => throw new SettingException($"{name} must be 'database', 'folder' or 's3', yet is '{text}'."),
    };

    /// <summary>Makes sure that a place is set up.</summary>
    /// <exception cref="SettingException">It is not.</exception>
    public void Demand(PicturePlace place, string name)
    {
        if (place == PicturePlace.Folder && Folder is null)
            throw new SettingException($"{name} is 'folder', so that Pictures__Folder must name one.");
        if (place == PicturePlace.ObjectStore && S3 is null)
            throw new SettingException($"{name} is 's3', so that Pictures__S3__Bucket must name a bucket.");
    }

    private static string? ReadBase(IConfiguration configuration, string name)
    {
        if (configuration.Find(name) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? text.TrimEnd('/')
            : throw new SettingException($"Pictures__PublicBase must be an address such as https://profiles.example.com, yet is '{text}'.");
    }
}
