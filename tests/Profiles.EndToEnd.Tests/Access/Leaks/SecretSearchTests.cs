namespace Profiles.EndToEnd.Tests.Access.Leaks;

/// <summary>The search that the other tests rely on finds what it is to find.</summary>
internal sealed class SecretSearchTests
{
    private const string Secret = "k+3/\"7wZ~0qLr9vN2xTb";

    private static IEnumerable<string> Forms => SecretSearch.FormsOf(Secret);

    [TestCaseSource(nameof(Forms))]
    public void Each_form_is_found(string form)
    {
        var search = new SecretSearch();
        search.Add("another-secret-1234");
        search.Add(Secret);

        Assert.That(search.FindIn($"GET /x?{form}x"), Has.Count.EqualTo(1).And.All.StartsWith(Secret));
        Assert.That(search.FindIn($"GET {form[2..17]} "), Has.Count.EqualTo(1));
        Assert.That(search.FindIn("GET /v1/profiles by another"), Is.Empty);
    }

    [Test]
    public void Basic_credentials_are_found_whatever_stands_before_them()
    {
        var search = new SecretSearch();
        search.Add(Secret);

        foreach (var user in (string[])["", "a", "al", "ali"])
            Assert.That(search.FindIn(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{Secret}"))), Is.Not.Empty, user);
    }
}
