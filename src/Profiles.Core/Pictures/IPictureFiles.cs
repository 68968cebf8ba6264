using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Pictures;

/// <summary>
/// A place for the files of pictures: the database, a folder, or an object store. Files are written once under a new name and never
/// changed. A place that cannot be reached is <see cref="ErrorReason.StorageUnavailable"/>.
/// </summary>
public interface IPictureFiles
{
    /// <summary>Which place it is.</summary>
    PicturePlace Place { get; }

    /// <summary>Keeps a file. It is there for good when this ends.</summary>
    Task WriteAsync(PictureFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The content of a file; null when it is not there.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(PictureFile file, CancellationToken cancellationToken);

    /// <summary>Deletes a set of files; one that is not there, or not any more, is no fault.</summary>
    Task DeleteAsync(PictureFileSet files, CancellationToken cancellationToken);

    /// <summary>An address at which everybody who has it may read the file for a while; null where the place has none.</summary>
    Uri? AddressOf(PictureFile file);
}

/// <summary>The places. The numbers are stored.</summary>
public enum PicturePlace
{
    /// <summary>The database.</summary>
    Database = 1,

    /// <summary>A folder.</summary>
    Folder = 2,

    /// <summary>A store that speaks the protocol of Amazon S3.</summary>
    ObjectStore = 3,
}

/// <summary>The files of one picture, as they were written together.</summary>
/// <param name="Organization">The organization that the picture belongs to.</param>
/// <param name="Id">New for each time that a picture is made.</param>
public readonly record struct PictureFileSet(OrganizationId Organization, Guid Id);

/// <summary>One file.</summary>
/// <param name="Files">The set that it belongs to.</param>
/// <param name="Size">Pixels a side of a square; <see cref="Original"/> for the file that was sent.</param>
public readonly record struct PictureFile(PictureFileSet Files, int Size)
{
    /// <summary>The size of the file that was sent.</summary>
    public const int Original = 0;
}
