using Profiles.Pictures.Native;

namespace Profiles.Pictures.Tests;

/// <summary>How work is shared out, and what cannot be reached.</summary>
internal sealed class EngineTests : EngineTest
{
    [Test]
    public void Loaders_that_are_not_needed_are_closed([Values("svgload_source", "gifload_source", "heifload_source", "tiffload_source", "ppmload_source")] string loader)
    {
        // Closed, or not in this build at all.
        Assert.Throws<VipsException>(() =>
        {
            using var load = new VipsOperation(loader);
            using var source = NewSource();
            using var image = load.With("source", source).RunToImage();
        });
    }

    [Test]
    public async Task More_images_than_may_wait_are_refused()
    {
        using var small = new ImageEngine(new ImageEngineOptions { LibraryPath = LibvipsFile.Path, Parallel = 1, Waiting = 1 });
        var image = TestImages.SolidPng(4000, 4000);

        var running = new List<Task>();
        await Assert.ThrowsAsync<ImageQueueFullException>(async () =>
        {
            for (var i = 0; i < 10; i++)
                running.Add(small.MakeSquaresAsync(image, crop: null, Sizes, CancellationToken.None));
            await Task.WhenAll(running);
        });
        await Task.WhenAll(running);
    }

    [Test]
    public async Task An_image_that_takes_too_long_is_given_up()
    {
        using var hasty = new ImageEngine(new ImageEngineOptions { LibraryPath = LibvipsFile.Path, Parallel = 1, Timeout = TimeSpan.Zero });

        var refusal = await Assert.ThrowsAsync<ImageRefusedException>(
            () => hasty.MakeSquaresAsync(TestImages.SolidPng(6000, 6000), crop: null, Sizes, CancellationToken.None));

        Assert.That(refusal!.Message, Is.EqualTo("takes too long to decode"));
    }

    [Test]
    public async Task Who_has_left_is_not_served()
    {
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => Engine.MakeSquaresAsync(TestImages.Png(64, 64), crop: null, Sizes, left.Token));
    }

    [Test]
    public async Task Memory_for_pixels_is_given_back()
    {
        var images = Enumerable.Range(0, 16).Select(_ => TestImages.SolidPng(6000, 6000)).ToList();

        await Task.WhenAll(images.Select(image => MakeAsync(image)));

        Assert.That(ImageEngine.PixelMemory, Is.LessThan(1024 * 1024));
    }

    private static unsafe SourceHandle NewSource()
    {
        fixed (byte* bytes = "GIF89a"u8)
            return Vips.NewSource(bytes, 6);
    }
}
