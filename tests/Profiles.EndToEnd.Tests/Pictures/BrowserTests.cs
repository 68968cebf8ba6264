using System.Diagnostics;
using System.Net;
using System.Net.Mime;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>A page of another origin in a real browser: its form uploads a picture, and the picture is shown.</summary>
internal sealed class BrowserTests
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Options =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static string? Browser => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    [Test]
    public async Task A_form_of_a_page_uploads_a_picture_and_the_page_shows_it()
    {
        if (Browser is not { } browser)
        {
            Assert.Ignore("There is no Chromium on this machine (Debian: apt install chromium).");
            return;
        }

        var (page, outcome) = (string.Empty, new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var site = await StartSiteAsync(() => page, outcome);
        var origin = site.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("PROFILES_CORS_ORIGINS", origin)));
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var image = PictureTest.CreateImage();
        page = Page(server.Http, mint.Mint("demo", "alice"), image);

        var profile = Directory.CreateTempSubdirectory("profiles-browser-");
        using var process = Process.Start(new ProcessStartInfo(browser, [.. Options, $"--user-data-dir={profile.FullName}", origin])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            Assert.That(
                await outcome.Task.WaitAsync(Patience),
                Is.EqualTo($"shown 512 x 512 /v1/pictures/demo~{Convert.ToHexStringLower(SHA256.HashData(image))}"));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            profile.Delete(recursive: true);
        }

        Assert.That(server.Errors(), Is.Empty);
    }

    private static async Task<WebApplication> StartSiteAsync(Func<string> page, TaskCompletionSource<string> outcome)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = builder.Build();
        site.Run(async context =>
        {
            if (HttpMethods.IsPost(context.Request.Method))
            {
                using var reader = new StreamReader(context.Request.Body);
                outcome.TrySetResult(await reader.ReadToEndAsync());
                return;
            }

            context.Response.ContentType = MediaTypeNames.Text.Html;
            await context.Response.WriteAsync(page());
        });
        await site.StartAsync();
        return site;
    }

    // The file is put where a user's choice would put it.
    private static string Page(Uri server, string token, byte[] image) =>
        $$"""
        <!doctype html>
        <meta charset="utf-8">
        <form><input type="file" name="image"></form>
        <script type="module">
        const say = text => fetch("/outcome", { method: "POST", body: text });
        try {
          const form = document.forms[0];
          const bytes = Uint8Array.from(atob("{{Convert.ToBase64String(image)}}"), c => c.charCodeAt(0));
          const chosen = new DataTransfer();
          chosen.items.add(new File([bytes], "me.jpg", { type: "image/jpeg" }));
          form.elements.image.files = chosen.files;
          const answer = await fetch("{{server}}v1/users/me/picture", {
            method: "PUT", body: new FormData(form), headers: { authorization: "Bearer {{token}}" },
          });
          const { profile, message } = await answer.json();
          if (!answer.ok) throw new Error(message);
          const picture = new Image();
          picture.src = profile.picture;
          await picture.decode();
          say(`shown ${picture.naturalWidth} x ${picture.naturalHeight} ${new URL(profile.picture).pathname}`);
        } catch (failure) {
          say(`failed: ${failure}`);
        }
        </script>
        """;
}
