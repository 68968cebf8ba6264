using System.Collections.Concurrent;
using Profiles.Pictures.Headers;
using Profiles.Pictures.Native;

namespace Profiles.Pictures;

/// <summary>Checks images of strangers and makes squares of them, on threads of its own.</summary>
public sealed class ImageEngine : IDisposable
{
    private readonly BlockingCollection<ImageJob> waiting;
    private readonly List<Thread> threads;
    private readonly TimeSpan timeout;

    /// <summary>Loads libvips and starts the threads.</summary>
    /// <exception cref="ImageLibraryException">libvips is not there, or cannot be used.</exception>
    public ImageEngine(ImageEngineOptions options)
    {
        Version = VipsLibrary.Load(options.LibraryPath);
        timeout = options.Timeout;
        waiting = new BlockingCollection<ImageJob>(options.Waiting + options.Parallel);
        threads = Enumerable.Range(0, options.Parallel).Select(Start).ToList();
    }

    /// <summary>The version of libvips.</summary>
    public string Version { get; }

    /// <summary>The bytes that libvips has for pixels at the moment.</summary>
    public static long PixelMemory => (long)Vips.TrackedMemory();

    /// <summary>Makes squares of an image: upright, in sRGB, as WebP without metadata.</summary>
    /// <param name="image">The file. It must not change until the task has ended, and not be given back before.</param>
    /// <param name="crop">The part that is wanted; null for the middle.</param>
    /// <param name="sizes">Pixels a side, the largest first.</param>
    /// <param name="cancellationToken">Takes the image out of the queue; work that has begun goes on.</param>
    /// <exception cref="ImageRefusedException">The image breaks a rule.</exception>
    /// <exception cref="ImageQueueFullException">Too many wait.</exception>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> MakeSquaresAsync(
        ReadOnlyMemory<byte> image, ImageCrop? crop, IReadOnlyList<int> sizes, CancellationToken cancellationToken)
    {
        // What is no image, or too large, does not wait for those that are.
        _ = ImageHeader.Read(image.Span);
        var job = new ImageJob(image, crop, sizes, cancellationToken);
        return waiting.TryAdd(job) ? job.Task : throw new ImageQueueFullException();
    }

    /// <summary>Checks a file as far as it can be without decoding it.</summary>
    /// <exception cref="ImageRefusedException">The image breaks a rule.</exception>
    public static void CheckHeader(ReadOnlyMemory<byte> image) => ImageHeader.Read(image.Span);

    /// <summary>Ends the threads, once what waits is done.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        foreach (var thread in threads)
            thread.Join();
        waiting.Dispose();
    }

    private Thread Start(int number)
    {
        var thread = new Thread(Work) { IsBackground = true, Name = $"images-{number}" };
        thread.Start();
        return thread;
    }

    private void Work()
    {
        foreach (var job in waiting.GetConsumingEnumerable())
            job.Run(timeout);
        Vips.EndThread();
    }
}
