using Profiles.Core.Operations;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Operations;

[TestFixture]
public class PageRequestTests
{
    [TestCase(0, 50)]
    [TestCase(1, 1)]
    [TestCase(50, 50)]
    [TestCase(100, 100)]
    public void A_page_has_1_to_100_items_and_50_where_nothing_is_said(int size, int limit) =>
        Assert.That(new PageRequest(size, string.Empty, string.Empty).Limit, Is.EqualTo(limit));

    [TestCase(-1)]
    [TestCase(101)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    public void Other_sizes_are_refused(int size) =>
        Assert.That(
            Failures.InvalidOf(() => _ = new PageRequest(size, string.Empty, string.Empty).Limit),
            Is.EqualTo(new[] { $"page_size must be from 0 to 100, yet is {size}" }));

    [TestCase("", false)]
    [TestCase("revision", false)]
    [TestCase("revision desc", true)]
    public void An_order_is_the_field_alone_or_with_desc(string orderBy, bool descending) =>
        Assert.That(new PageRequest(0, string.Empty, orderBy).IsDescending("revision"), Is.EqualTo(descending));

    [TestCase("create_time", "another field")]
    [TestCase("create_time desc", "another field")]
    [TestCase("revision asc", "ascending needs no word")]
    [TestCase("revision DESC", "capitals")]
    [TestCase("Revision", "a capital")]
    [TestCase("revision  desc", "two blanks")]
    [TestCase(" revision", "a blank first")]
    [TestCase("revision desc ", "a blank last")]
    [TestCase("revision,create_time", "two fields")]
    [TestCase("desc", "no field")]
    [TestCase("revision; drop table profiles", "SQL")]
    public void Other_orders_are_refused(string orderBy, string why) =>
        Assert.That(
            Failures.InvalidOf(() => _ = new PageRequest(0, string.Empty, orderBy).IsDescending("revision")),
            Is.EqualTo(new[] { "order_by must be 'revision' or 'revision desc'" }),
            why);
}
