using Profiles.Core.Identity;

namespace Profiles.Core.Tests.Identity;

public class OrderedIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // The last ones of so many have used the millisecond up, and are not in order any more.
    [TestCase(1)]
    [TestCase(4000)]
    public void Ids_of_one_moment_are_in_the_order_of_their_making(int count)
    {
        var moment = Noon.AddHours(count);

        var ids = Enumerable.Range(0, count).Select(_ => OrderedId.Create(moment)).ToList();

        Assert.That(ids.ConvertAll(AsStored), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public void Ids_are_in_the_order_of_their_times()
    {
        var ids = Enumerable.Range(0, 3000).Select(i => AsStored(OrderedId.Create(Noon.AddMicroseconds(i)))).ToList();

        Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public void An_id_is_of_version_7_and_has_the_time_in_milliseconds()
    {
        var id = AsStored(OrderedId.Create(Noon.AddTicks(12_345_678)));

        Assert.That(Convert.ToInt64(id[..12], 16), Is.EqualTo(Noon.AddMilliseconds(1234).ToUnixTimeMilliseconds()));
        Assert.That(id[12], Is.EqualTo('7'));
        Assert.That(id[16], Is.AnyOf('8', '9', 'a', 'b'));
    }

    [Test]
    public void A_clock_that_was_set_back_begins_anew()
    {
        _ = OrderedId.Create(Noon.AddDays(1));

        Assert.That(AsStored(OrderedId.Create(Noon)), Does.StartWith(Noon.ToUnixTimeMilliseconds().ToString("x12", null)));
    }

    [Test]
    public void Used_up_milliseconds_give_ids_that_differ_still()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => OrderedId.Create(Noon.AddDays(2))).ToList();

        Assert.That(ids, Is.Unique);
        Assert.That(ids.Select(id => AsStored(id)[..12]).Distinct().Count(), Is.EqualTo(1));
    }

    // PostgreSQL compares the bytes as they are written.
    private static string AsStored(Guid id) => id.ToString("N");
}
