using System.Globalization;
using Profiles.Core.Errors;
using Profiles.Core.Pictures;

namespace Profiles.Server.Pictures;

/// <summary>
/// Keeps the files of pictures in a folder, which all servers must share. A file is written under another name, brought to the disk, and
/// then renamed: so it is there whole or not at all.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed class FolderFiles(string folder) : IPictureFiles
{
    public PicturePlace Place => PicturePlace.Folder;

    public Task WriteAsync(PictureFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        var path = PathOf(file);
        var unfinished = path + ".part";
        Directory.CreateDirectory(FolderOf(file.Files));
        await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        return true;
    });

    public Task<ReadOnlyMemory<byte>?> ReadAsync(PictureFile file, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        try
        {
            return (ReadOnlyMemory<byte>?)await File.ReadAllBytesAsync(PathOf(file), cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    public Task DeleteAsync(PictureFileSet files, CancellationToken cancellationToken) => TranslateAsync(() =>
    {
        try
        {
            Directory.Delete(FolderOf(files), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }

        return Task.FromResult(true);
    });

    public Uri? AddressOf(PictureFile file) => null;

    private string PathOf(PictureFile file) => Path.Combine(FolderOf(file.Files), NameOf(file));

    // An organization may be called "..", so something stands before its name; the two digits keep folders small.
    private string FolderOf(PictureFileSet files)
    {
        var id = files.Id.ToString("n");
        return Path.Combine(folder, $"o-{files.Organization}", id[^2..], id);
    }

    private static string NameOf(PictureFile file) =>
        file.Size == PictureFile.Original ? "original" : string.Create(CultureInfo.InvariantCulture, $"{file.Size}.webp");

    private static async Task<T> TranslateAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProfilesException(ErrorReason.StorageUnavailable, "The pictures cannot be reached at the moment. Try again.", exception);
        }
    }
}
