using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

public class PostgresBinariesTests
{
    private string top = "";

    [SetUp]
    public void Make_a_folder() => top = Directory.CreateTempSubdirectory("profiles-test-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(top, recursive: true);

    [TestCase("postgres (PostgreSQL) 18.4\n", "18.4", 18)]
    [TestCase("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", "15.18", 15)]
    [TestCase("postgres (PostgreSQL) 19devel\n", "19devel", 19)]
    [TestCase("postgres (PostgreSQL) 19beta1 (extra)\n", "19beta1", 19)]
    public void A_version_is_read(string text, string version, int major) =>
        Assert.That(PostgresBinaries.ParseVersion(text), Is.EqualTo((version, major)));

    [TestCase("")]
    [TestCase("postgres 15.1")]
    [TestCase("postgres (PostgreSQL) ")]
    [TestCase("postgres (PostgreSQL) devel")]
    [TestCase("postgres (PostgreSQL) 99999999999.1")]
    public void Anything_else_is_no_version(string text) => Assert.That(PostgresBinaries.ParseVersion(text), Is.Null);

    [TestCase("/usr/lib/postgresql/15/bin", 15)]
    [TestCase("/usr/pgsql-9/bin", 9)]
    [TestCase("/opt/homebrew/opt/postgresql@18/bin", 18)]
    [TestCase("/usr/libexec/postgresql17/", 17)]
    [TestCase("/Applications/Postgres.app/Contents/Versions/latest/bin", 0)]
    [TestCase("", 0)]
    public void The_major_version_in_a_path(string path, int major) =>
        Assert.That(PostgresInstallations.Major(path), Is.EqualTo(major));

    [Test]
    public void Path_comes_first_and_its_relative_entries_are_passed_over() =>
        Assert.That(
            PostgresInstallations.Candidates("/first::relative:/second").Take(2),
            Is.EqualTo(new[] { "/first", "/second" }));

    [Test]
    public async Task The_first_that_is_new_enough_serves()
    {
        string[] candidates = [Programs("14.9"), Path.Combine(top, "absent"), Programs("16.2"), Programs("17.0")];

        Assert.That((await FindAsync(null, null, candidates)).Version, Is.EqualTo("16.2"));
    }

    [Test]
    public async Task Data_gets_the_version_that_made_it()
    {
        var preferred = Programs("18.4");
        string[] candidates = [Programs("16.2"), Programs("17.0")];

        Assert.That((await FindAsync(preferred, null, candidates)).Version, Is.EqualTo("18.4"));
        Assert.That((await FindAsync(preferred, 17, candidates)).Version, Is.EqualTo("17.0"));
    }

    [Test]
    public async Task A_program_that_does_not_run_here_is_passed_over()
    {
        var broken = Programs("16.0");
        await File.WriteAllTextAsync(Path.Combine(broken, "postgres"), "\u007fELF of another machine");

        Assert.That((await FindAsync(null, null, [broken, Programs("15.1")])).Version, Is.EqualTo("15.1"));
    }

    [Test]
    public void Without_any_the_message_says_how_to_get_one() => Assert.That(
        async () => await FindAsync(null, null, []),
        Throws.TypeOf<EmbeddedPostgresException>().With.Message.Contains("none was found")
            .And.Message.Contains("apt-get install postgresql;"));

    [Test]
    public void With_none_for_the_data_the_message_says_which_was_found()
    {
        var found = Programs("18.4");

        Assert.That(
            async () => await FindAsync(null, 15, [found]),
            Throws.TypeOf<EmbeddedPostgresException>().With.Message.Contains($"18.4 in '{found}'")
                .And.Message.Contains("apt-get install postgresql-15"));
    }

    [Test]
    public void A_setting_that_names_no_programs_is_refused() => Assert.That(
        async () => await FindAsync(top, null, [Programs("18.4")]),
        Throws.TypeOf<EmbeddedPostgresException>().With.Message.Contains(top).And.Message.Contains("PROFILES_POSTGRES_BIN"));

    private static Task<PostgresBinaries> FindAsync(string? preferred, int? clusterMajor, string[] candidates) =>
        PostgresBinaries.FindAsync(preferred, clusterMajor, candidates, CancellationToken.None);

    private string Programs(string version)
    {
        var folder = Directory.CreateDirectory(Path.Combine(top, version)).FullName;
        foreach (var name in new[] { "postgres", "initdb" })
        {
            var program = Path.Combine(folder, name);
            File.WriteAllText(program, $"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return folder;
    }
}
