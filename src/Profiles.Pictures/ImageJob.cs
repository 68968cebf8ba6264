namespace Profiles.Pictures;

/// <summary>An image that waits for its turn.</summary>
internal sealed class ImageJob(
    ReadOnlyMemory<byte> image, ImageCrop? crop, IReadOnlyList<int> sizes, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<IReadOnlyList<ReadOnlyMemory<byte>>> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> Task => result.Task;

    /// <summary>Does the work, on the thread that calls.</summary>
    public void Run(TimeSpan timeout)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            result.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            result.SetResult(SquareMaker.Make(image, crop, sizes, Environment.TickCount64 + (long)timeout.TotalMilliseconds));
        }
        catch (Exception exception)
        {
            // Whatever it is, it is the caller's to hear, and the thread goes on to the next image.
            result.SetException(exception);
        }
    }
}
