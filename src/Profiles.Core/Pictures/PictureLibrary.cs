using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;

namespace Profiles.Core.Pictures;

/// <summary>Makes pictures of images and keeps them, and finds them again.</summary>
/// <param name="index">Knows which there are.</param>
/// <param name="places">Where files can be.</param>
/// <param name="images">Makes pictures.</param>
/// <param name="clock">Tells the time.</param>
public sealed class PictureLibrary(IPictureIndex index, PicturePlaces places, IImageMaker images, TimeProvider clock)
{
    /// <summary>How long a picture is kept that no profile has.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>A square of a picture.</summary>
    /// <exception cref="ProfilesException">There is no such picture (<see cref="ErrorReason.PictureNotFound"/>).</exception>
    public async Task<PictureContent> GetAsync(PictureKey key, int size, CancellationToken cancellationToken)
    {
        if (await index.FindAsync(key, size, cancellationToken) is not { } location)
            throw PictureErrors.NotFound();

        // Files never change, and new ones have a new id: so it names the content.
        var etag = $"{location.Files.Id:n}-{size}";
        if (location.Content is { } content)
            return new PictureContent(etag, content, Address: null);
        var (place, file) = (places.Find(location.Place), new PictureFile(location.Files, size));
        if (place.AddressOf(file) is { } address)
            return new PictureContent(etag, Content: null, address);
        return new PictureContent(etag, await place.ReadAsync(file, cancellationToken) ?? throw PictureErrors.NotFound(), Address: null);
    }

    /// <summary>The content of a square that <see cref="GetAsync"/> gave an address of.</summary>
    /// <exception cref="ProfilesException">There is no such picture (<see cref="ErrorReason.PictureNotFound"/>).</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(PictureKey key, int size, CancellationToken cancellationToken)
    {
        var location = await index.FindAsync(key, size, cancellationToken) ?? throw PictureErrors.NotFound();
        return location.Content
            ?? await places.Find(location.Place).ReadAsync(new PictureFile(location.Files, size), cancellationToken)
            ?? throw PictureErrors.NotFound();
    }

    internal async Task<PictureId> StoreAsync(
        ProfileKey profile, PictureUpload upload, PictureSettings settings, Actor actor, CancellationToken cancellationToken)
    {
        PictureErrors.CheckLength("image", upload.Image);
        if (upload.CroppedImage is { } cropped)
            PictureErrors.CheckLength("cropped_image", cropped);
        var key = new PictureKey(profile.Organization, PictureId.Of(upload));
        var now = clock.GetUtcNow();
        var files = new PictureFileSet(profile.Organization, OrderedId.Create(now));
        var (place, time) = (places.ForNew, now.UtcDateTime);

        var admission = await index.AdmitAsync(
            new PictureAnnouncement(profile, key.Id, actor.Type == ActorType.User, files, place.Place, time, time + Grace), cancellationToken);
        if (admission.Limit is { } limit)
            throw PictureErrors.LimitReached(limit);
        if (admission.Exists)
            return key.Id;

        var squares = await images.MakeAsync(upload, cancellationToken);
        for (var i = 0; i < squares.Count; i++)
            await place.WriteAsync(new PictureFile(files, PictureSize.All[i]), squares[i], cancellationToken);
        if (settings.KeepOriginals)
            await place.WriteAsync(new PictureFile(files, PictureFile.Original), upload.Image, cancellationToken);
        await index.AddAsync(key, files, place.Place, settings.KeepOriginals, time, cancellationToken);
        return key.Id;
    }
}

/// <summary>A square of a picture: its content, or an address to read it at.</summary>
/// <param name="Etag">Names the content.</param>
/// <param name="Content">The file; null when there is an address.</param>
/// <param name="Address">Where it can be read for a while; null when there is a content.</param>
public sealed record PictureContent(string Etag, ReadOnlyMemory<byte>? Content, Uri? Address);
