using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests;

/// <summary>Stops the shared database after the last test. Its namespace is that of all tests, so that it counts for all.</summary>
[SetUpFixture]
public class TestDatabaseEnd
{
    [OneTimeTearDown]
    public Task Stop() => TestDatabase.StopAsync();
}
