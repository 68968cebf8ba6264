namespace Profiles.Pictures.Tests;

/// <summary>A test with an engine.</summary>
internal abstract class EngineTest
{
    protected static readonly IReadOnlyList<int> Sizes = [512, 128, 48];

    private ImageEngine? engine;

    protected ImageEngine Engine => engine!;

    [OneTimeSetUp]
    public void StartEngine() => engine = new ImageEngine(new ImageEngineOptions { LibraryPath = LibvipsFile.Path, Parallel = 2 });

    [OneTimeTearDown]
    public void StopEngine() => engine?.Dispose();

    protected Task<IReadOnlyList<ReadOnlyMemory<byte>>> MakeAsync(byte[] image, ImageCrop? crop = null) =>
        Engine.MakeSquaresAsync(image, crop, Sizes, CancellationToken.None);

    protected async Task<string> RefusalOfAsync(byte[] image, ImageCrop? crop = null) =>
        (await Assert.ThrowsAsync<ImageRefusedException>(() => MakeAsync(image, crop)))!.Message;
}
