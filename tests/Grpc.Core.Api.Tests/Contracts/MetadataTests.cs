using System.Collections;

namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class MetadataTests
{
    private static readonly Metadata.Entry s_entry = new("key", "value");

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return new TestCaseData((Action<Metadata>)(m => m.Add("key", "value"))).SetArgDisplayNames("Add text");
        yield return new TestCaseData((Action<Metadata>)(m => m.Add("key-bin", [1]))).SetArgDisplayNames("Add bytes");
        yield return new TestCaseData((Action<Metadata>)(m => m.Add(s_entry))).SetArgDisplayNames("Add entry");
        yield return new TestCaseData((Action<Metadata>)(m => m.Insert(0, s_entry))).SetArgDisplayNames("Insert");
        yield return new TestCaseData((Action<Metadata>)(m => m[0] = s_entry)).SetArgDisplayNames("Set");
        yield return new TestCaseData((Action<Metadata>)(m => m.Remove(s_entry))).SetArgDisplayNames("Remove");
        yield return new TestCaseData((Action<Metadata>)(m => m.RemoveAt(0))).SetArgDisplayNames("RemoveAt");
        yield return new TestCaseData((Action<Metadata>)(m => m.Clear())).SetArgDisplayNames("Clear");
    }

    [TestCaseSource(nameof(Changes))]
    public void The_empty_instance_refuses_changes(Action<Metadata> change)
    {
        Assert.That(() => change(Metadata.Empty), Throws.InvalidOperationException);
        Assert.That(Metadata.Empty, Is.Empty);
    }

    [TestCaseSource(nameof(Changes))]
    public void Other_instances_take_changes(Action<Metadata> change) =>
        Assert.That(() => change(new Metadata { s_entry }), Throws.Nothing);

    [Test]
    public void Only_the_empty_instance_is_read_only()
    {
        Assert.That(Metadata.Empty.IsReadOnly, Is.True);
        Assert.That(new Metadata().IsReadOnly, Is.False);
    }

    [Test]
    public void The_last_entry_with_a_key_counts()
    {
        var metadata = new Metadata { { "key", "first" }, { "other", "x" }, { "KEY", "last" } };

        Assert.That(metadata.Get("key"), Is.SameAs(metadata[2]));
        Assert.That(metadata.GetValue("Key"), Is.EqualTo("last"));
        Assert.That(metadata.GetAll("kEY").Select(entry => entry.Value), Is.EqualTo(new[] { "first", "last" }));
    }

    [Test]
    public void A_key_that_is_not_there_gives_nothing()
    {
        var metadata = new Metadata { s_entry };

        Assert.That(metadata.Get("other"), Is.Null);
        Assert.That(metadata.GetValue("other"), Is.Null);
        Assert.That(metadata.GetValueBytes("other"), Is.Null);
        Assert.That(metadata.GetAll("other"), Is.Empty);
    }

    [Test]
    public void Text_has_ascii_bytes()
    {
        var entry = new Metadata.Entry("key", "az~");

        Assert.That(entry.IsBinary, Is.False);
        Assert.That(entry.Value, Is.EqualTo("az~"));
        Assert.That(entry.ValueBytes, Is.EqualTo("az~"u8.ToArray()));
    }

    [Test]
    public void Bytes_have_no_text()
    {
        var metadata = new Metadata { { "key-bin", [0, 128, 255] } };

        Assert.That(metadata[0].IsBinary, Is.True);
        Assert.That(metadata.GetValueBytes("key-bin"), Is.EqualTo(new byte[] { 0, 128, 255 }));
        Assert.That(() => metadata[0].Value, Throws.InvalidOperationException);
        Assert.That(() => metadata.GetValue("key-bin"), Throws.InvalidOperationException);
    }

    [Test]
    public void Bytes_cannot_be_changed_from_outside()
    {
        byte[] given = [1, 2, 3];
        var entry = new Metadata.Entry("key-bin", given);

        given[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.That(entry.ValueBytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void It_is_a_list()
    {
        var (a, b, c) = (new Metadata.Entry("a", ""), new Metadata.Entry("b", ""), new Metadata.Entry("c", ""));
        var metadata = new Metadata { a, c };

        metadata.Insert(1, b);
        Assert.That(metadata, Is.EqualTo(new[] { a, b, c }));
        Assert.That(metadata, Has.Count.EqualTo(3));
        Assert.That(((IEnumerable)metadata).Cast<object>(), Is.EqualTo(new[] { a, b, c }));
        Assert.That(metadata.IndexOf(b), Is.EqualTo(1));
        Assert.That(metadata.Contains(b), Is.True);

        Assert.That(metadata.Remove(b), Is.True);
        Assert.That(metadata.Remove(b), Is.False);
        Assert.That(metadata.IndexOf(b), Is.EqualTo(-1));
        metadata.RemoveAt(0);
        metadata[0] = b;
        var copy = new Metadata.Entry[2];
        metadata.CopyTo(copy, 1);
        Assert.That(copy, Is.EqualTo(new[] { null, b }));

        metadata.Clear();
        Assert.That(metadata, Is.Empty);
    }

    [Test]
    public void Entries_are_never_null()
    {
        var metadata = new Metadata { s_entry };

        Assert.That(() => metadata.Add(null!), Throws.ArgumentNullException);
        Assert.That(() => metadata.Insert(0, null!), Throws.ArgumentNullException);
        Assert.That(() => metadata[0] = null!, Throws.ArgumentNullException);
        Assert.That(metadata, Is.EqualTo(new[] { s_entry }));
    }
}
