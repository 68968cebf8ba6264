using System.Diagnostics;
using System.Net.Http.Headers;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>Many large images at once cost no more memory than is set aside for them.</summary>
internal sealed class LoadTests
{
    private const int Uploads = 16;
    private const int LargestFile = 10 * 1024 * 1024;
    private const long MostMemory = 1536L * 1024 * 1024;

    [Test]
    public async Task Memory_stays_bounded_under_the_largest_images([Values("jpeg", "png")] string kind)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("Pictures__Parallel", "2")));
        using var http = new HttpClient { BaseAddress = server.Http, Timeout = TimeSpan.FromMinutes(3) };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var image = Largest(kind);
        var (idle, time) = (server.Memory, Stopwatch.StartNew());

        var uploads = Enumerable.Range(0, Uploads).Select(i => UploadAsync(http, mint.Mint("demo", $"user-{i}"), Vary(image, i))).ToList();
        var peak = 0L;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!uploads.All(upload => upload.IsCompleted) && await tick.WaitForNextTickAsync())
            peak = Math.Max(peak, server.Memory);

        Assert.That(await Task.WhenAll(uploads), Is.All.EqualTo(200));
        TestContext.Out.WriteLine($"{kind}: {idle >> 20} MiB before, {peak >> 20} MiB at most, {time.Elapsed.TotalSeconds:F1} s for {Uploads} images");
        Assert.That(peak, Is.LessThan(MostMemory));
    }

    // 40 megapixels and 10 MiB; what comes after the end of an image is passed over.
    private static byte[] Largest(string kind)
    {
        var png = TestImages.SolidPng(8000, 5000);
        var image = kind == "png" ? png : TestImages.Jpeg(png, ("interlace", "true"));
        return [.. image, .. new byte[LargestFile - image.Length]];
    }

    private static byte[] Vary(byte[] image, int number)
    {
        var copy = (byte[])image.Clone();
        copy[^1] = (byte)number;
        return copy;
    }

    private static async Task<int> UploadAsync(HttpClient http, string token, byte[] image)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/users/me/picture") { Content = new ByteArrayContent(image) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
