namespace Profiles.Postgres.Migrations;

/// <summary>The database's schema is newer than this program, which therefore must not write to it.</summary>
/// <param name="version">The database's version.</param>
/// <param name="knownVersion">The newest version that this program knows.</param>
public sealed class SchemaTooNewException(int version, int knownVersion) : Exception(
    $"The database has schema version {version}, and this program knows versions up to {knownVersion}. "
    + "Run a newer release of the program.");
