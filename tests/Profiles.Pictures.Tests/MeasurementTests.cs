using System.Diagnostics;
using System.Globalization;
using Profiles.Pictures.Headers;

namespace Profiles.Pictures.Tests;

/// <summary>The figures of docs/pictures.md: run by name, on an idle machine.</summary>
[Explicit("Measures, and asserts nothing.")]
internal sealed class MeasurementTests : EngineTest
{
    private const int Images = 40;

    [Test]
    public async Task Measure()
    {
        var photo = TestImages.Png(4000, 3000);
        var files = new (string Name, byte[] File)[]
        {
            ("JPEG 4000×3000", TestImages.Jpeg(photo, ("Q", "90"))),
            ("progressive JPEG 4000×3000", TestImages.Jpeg(photo, ("Q", "90"), ("interlace", "true"))),
            ("WebP 4000×3000", TestImages.Webp(photo)),
            ("PNG 4000×3000", TestImages.SolidPng(4000, 3000)),
            ("JPEG 1200×900", TestImages.Jpeg(TestImages.Png(1200, 900))),
        };
        foreach (var (name, file) in files)
        {
            await MakeAsync(file);
            await TellAsync(name, file);
        }

        foreach (var (name, file) in files.Where(file => file.Name.Contains("JPEG", StringComparison.Ordinal)))
        {
            var following = Stopwatch.StartNew();
            for (var i = 0; i < 10; i++)
                JpegHeader.CheckData(file);
            Tell($"{name}: {following.Elapsed.TotalMilliseconds / 10:F1} ms to follow its data");
        }

        var bomb = TestImages.PngBomb(30_000, 30_000);
        var time = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
            await RefusalOfAsync(bomb);
        Tell($"a bomb refused: {time.Elapsed.TotalMilliseconds / 1000:F3} ms, the exception included");
    }

    private async Task TellAsync(string name, byte[] file)
    {
        var time = Stopwatch.StartNew();
        for (var i = 0; i < 5; i++)
            await MakeAsync(file);
        var alone = time.Elapsed.TotalMilliseconds / 5;

        using var process = Process.GetCurrentProcess();
        var (work, peak) = (process.TotalProcessorTime, 0L);
        time.Restart();
        var all = Task.WhenAll(Enumerable.Range(0, Images).Select(_ => MakeAsync(file)));
        while (!all.IsCompleted)
        {
            peak = Math.Max(peak, ImageEngine.PixelMemory);
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }

        process.Refresh();
        var processor = (process.TotalProcessorTime - work).TotalMilliseconds / Images;
        Tell($"{name}, {file.Length / 1024} KiB: {alone:F0} ms alone, {processor:F0} ms of a processor, {Images / time.Elapsed.TotalSeconds:F1} a second on two threads, pixels {peak / 1048576.0:F1} MiB for two");
    }

    private static void Tell(FormattableString text) => TestContext.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
