using Profiles.Core.Errors;

namespace Profiles.Core.Pictures;

/// <summary>The places that are set up, and the one for new files.</summary>
/// <param name="places">All of them.</param>
/// <param name="forNew">Which of them takes new files.</param>
public sealed class PicturePlaces(IEnumerable<IPictureFiles> places, PicturePlace forNew)
{
    private readonly Dictionary<PicturePlace, IPictureFiles> byPlace = places.ToDictionary(place => place.Place);

    /// <summary>Takes new files.</summary>
    public IPictureFiles ForNew => Find(forNew);

    /// <summary>A place.</summary>
    /// <exception cref="ProfilesException">It is not set up (<see cref="ErrorReason.StorageUnavailable"/>).</exception>
    public IPictureFiles Find(PicturePlace place) =>
        byPlace.GetValueOrDefault(place)
        ?? throw new ProfilesException(ErrorReason.StorageUnavailable, "The store of the picture is not set up at this server.");
}
