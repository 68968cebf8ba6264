using Profiles.Server.Dialects.Nexconn;

namespace Profiles.Server.Tests.Dialects.Nexconn;

internal sealed class ProfileKeyTextTests
{
    [TestCase("user_id", "userId")]
    [TestCase("user_ids[3]", "userIds")]
    [TestCase("user_profile", "userProfile")]
    [TestCase("user_profile.portrait_uri", "portraitUri")]
    [TestCase("user_profile.unknown_key", "unknown_key")]
    [TestCase("user_ext_profile", "userExtProfile")]
    [TestCase("user_ext_profile[\"ext_tier\"]", "ext_tier")]
    [TestCase("user_ext_profile[\"a.b[0]\"]", "a.b[0]")]
    [TestCase("user_ext_profile[\"\"]", "")]
    [TestCase("attributes", "userExtProfile")]
    [TestCase("page_size", "pageSize")]
    [TestCase("", "")]
    public void The_key_is_the_last_part_as_clients_write_it(string path, string key) =>
        Assert.That(ProfileKeyText.Of(path), Is.EqualTo(key));
}
