using System.Text.Json;
using System.Text.Json.Nodes;
using Profiles.Core.Limits;

namespace Profiles.Postgres.Credentials;

/// <summary>Allowances as they are stored: <c>{"read":{"requests":100,"window":60}}</c>, the window in seconds.</summary>
internal static class RateLimitsJson
{
    private const string Requests = "requests";
    private const string Window = "window";

    /// <summary>Null when there are none.</summary>
    public static string? Write(RateLimits limits)
    {
        if (limits == RateLimits.None)
            return null;
        var json = new JsonObject();
        foreach (var (name, limit) in Enumerate(limits))
        {
            if (limit is not null)
                json[name] = new JsonObject { [Requests] = limit.Requests, [Window] = (long)limit.Window.TotalSeconds };
        }

        return json.ToJsonString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RateLimits Read(string? text)
    {
        if (text is null)
            return RateLimits.None;
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        return new RateLimits(Read(root, "read"), Read(root, "write"), Read(root, "batch"), Read(root, "administration"));
    }

    private static (string Name, RateLimit? Limit)[] Enumerate(RateLimits limits) =>
        [("read", limits.Read), ("write", limits.Write), ("batch", limits.Batch), ("administration", limits.Administration)];

    private static RateLimit? Read(JsonElement root, string name) =>
        root.TryGetProperty(name, out var limit)
            ? new RateLimit(limit.GetProperty(Requests).GetInt32(), TimeSpan.FromSeconds(limit.GetProperty(Window).GetInt64()))
            : null;
}
