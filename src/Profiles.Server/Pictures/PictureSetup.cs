using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Profiles.Core.Pictures;
using Profiles.Server.Services;

namespace Profiles.Server.Pictures;

/// <summary>Puts pictures together.</summary>
internal static class PictureSetup
{
    /// <summary>The most bytes of a request: two images, and what is said of them.</summary>
    public const int MaxRequestBytes = (2 * PictureUpload.MaxBytes) + (64 * 1024);

    /// <summary>Adds what makes, keeps and serves pictures, on top of the store.</summary>
    public static IServiceCollection AddPictures(this IServiceCollection services, PictureOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new PictureUrls(FindBase(options, provider)));
        services.AddPicturePlaces(options);
        services.AddSingleton<ImageMaker>();
        services.AddSingleton<IImageMaker>(provider => provider.GetRequiredService<ImageMaker>());
        services.AddSingleton<PictureLibrary>();
        services.AddSingleton<PictureRemoval>();
        services.AddSingleton<PictureWriter>();
        services.AddSingleton<PictureGrpcService>();
        return services.AddHostedService<PictureCollector>();
    }

    /// <summary>Adds the places of files alone, as commands need them.</summary>
    public static IServiceCollection AddPicturePlaces(this IServiceCollection services, PictureOptions options)
    {
        if (options.Folder is { } folder)
            services.AddSingleton<IPictureFiles>(new FolderFiles(Path.GetFullPath(folder)));
        if (options.S3 is { } store)
            services.AddSingleton<IPictureFiles>(provider => new ObjectStoreFiles(store, provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton(provider => new PicturePlaces(provider.GetServices<IPictureFiles>(), options.Store));
    }

    // The server's own address is known once it listens.
    private static Func<string> FindBase(PictureOptions options, IServiceProvider services)
    {
        if (options.PublicBase is { } configured)
            return () => configured;
        string? own = null;
        return () => own ??= services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/')
            ?? string.Empty;
    }
}
