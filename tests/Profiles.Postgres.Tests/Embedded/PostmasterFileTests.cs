using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

public class PostmasterFileTests
{
    private const string Head = "123\n/data/cluster\n1700000000\n5432\n/data/run\n\n  5432001    32768\n";

    [TestCase(Head + "ready   \n", true, TestName = "Ready")]
    [TestCase(Head + "starting\n", false, TestName = "Starting")]
    [TestCase(Head + "stopping\n", false, TestName = "Stopping")]
    [TestCase(Head, false, TestName = "Status not yet written")]
    public void A_complete_file_is_read(string text, bool isReady) =>
        Assert.That(PostmasterFile.Parse(text), Is.EqualTo(new PostmasterFile(123, "/data/run", isReady)));

    [Test]
    public void The_socket_folder_may_not_be_written_yet() =>
        Assert.That(PostmasterFile.Parse("123\n/data/cluster\n"), Is.EqualTo(new PostmasterFile(123, "", IsReady: false)));

    // A signal to 0, 1 or a negative number would reach far more than a postmaster.
    [TestCase("")]
    [TestCase("0\n")]
    [TestCase("1\n")]
    [TestCase("-123\n")]
    [TestCase("12a\n")]
    [TestCase("99999999999\n")]
    public void Anything_that_is_no_process_is_refused(string text) => Assert.That(PostmasterFile.Parse(text), Is.Null);

    [TestCase(93, true)]
    [TestCase(94, false)]
    public void A_socket_path_has_at_most_107_bytes(int folderLength, bool serves)
    {
        Assume.That(OperatingSystem.IsLinux());
        Assert.That(SocketFolder.Serves("/" + new string('x', folderLength - 1)), Is.EqualTo(serves));
    }

    [TestCase("/data,1")]
    [TestCase("/data\"1")]
    [TestCase("/data'1")]
    [TestCase("/dätä/äääääääääääääääääääääääääääääääääääääääääääääääääääääää")]
    public void A_folder_that_a_setting_or_a_socket_cannot_name_does_not_serve(string folder) =>
        Assert.That(SocketFolder.Serves(folder), Is.False);
}
