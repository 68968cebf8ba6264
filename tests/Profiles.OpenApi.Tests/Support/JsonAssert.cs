using System.Text.Json.Nodes;

namespace Profiles.OpenApi.Tests.Support;

internal static class JsonAssert
{
    /// <summary>Both are the same JSON, in whatever order their members are.</summary>
    public static void Same(JsonNode? actual, string expected) =>
        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, $"This is not\n{expected}\nbut\n{actual?.ToJsonString()}");
}
