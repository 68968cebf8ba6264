using System.Diagnostics.CodeAnalysis;

namespace Profiles.Core.Identity;

/// <summary>
/// Identifies an organization (tenant): 1–64 characters of <c>A–Z a–z 0–9 . _ -</c>. Compared byte by byte.
/// </summary>
public readonly record struct OrganizationId
{
    /// <summary>The most characters an identifier may have.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule, as a caller reads it in an error.</summary>
    public const string Rule = "must have 1–64 characters of A–Z a–z 0–9 . _ -";

    private readonly string? value;

    private OrganizationId(string value) => this.value = value;

    /// <summary>The identifier as text.</summary>
    public string Value => value ?? throw new InvalidOperationException("An organization id was never given a value.");

    /// <summary>Reads an identifier; false when <paramref name="text"/> breaks <see cref="Rule"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OrganizationId id)
    {
        var valid = IdentifierSyntax.IsValid(text, MaxLength, "._-");
        id = valid ? new OrganizationId(text!) : default;
        return valid;
    }

    /// <summary>Reads an identifier.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> breaks <see cref="Rule"/>.</exception>
    public static OrganizationId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"An organization id {Rule}");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
