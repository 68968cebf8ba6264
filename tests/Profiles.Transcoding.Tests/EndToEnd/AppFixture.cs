using System.Net;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>One application for the tests of a class; an error in its log fails the test.</summary>
public abstract class AppFixture
{
    private TestApp? _app;

    internal TestApp App => _app!;

    private protected virtual Task<TestApp> StartAsync() => TestApp.StartAsync();

    [OneTimeSetUp]
    public async Task Start() => _app = await StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await App.DisposeAsync();

    [SetUp]
    public void ForgetLogs() => App.Logs.Clear();

    [TearDown]
    public void ExpectNoErrors() => App.Logs.AssertNoErrors();

    private protected async Task ExpectAsync(string method, string path, string? body, int status, string expected)
    {
        using var response = await App.SendAsync(method, path, body);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
        Assert.That(response.StatusCode, Is.EqualTo((HttpStatusCode)status));
    }

    private protected async Task ExpectViolationAsync(string method, string path, string? body, string field, string rule)
    {
        using var response = await App.SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), text);
        var error = System.Text.Json.JsonDocument.Parse(text).RootElement;
        Assert.That(error.GetProperty("code").GetInt32(), Is.EqualTo(3));
        var detail = error.GetProperty("details")[0];
        Assert.That(detail.GetProperty("@type").GetString(), Is.EqualTo("type.googleapis.com/google.rpc.BadRequest"));
        var violation = detail.GetProperty("fieldViolations")[0];
        Assert.That(violation.TryGetProperty("field", out var named) ? named.GetString() : "", Is.EqualTo(field));
        Assert.That(violation.GetProperty("description").GetString(), Is.EqualTo(rule));
    }
}
