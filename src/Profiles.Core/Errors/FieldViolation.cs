namespace Profiles.Core.Errors;

/// <summary>One broken rule.</summary>
/// <param name="Field">Path of the field in the request, such as <c>profile.given_name</c>.</param>
/// <param name="Description">The rule, in words that go on from the field: "must have at most 255 characters …".</param>
public sealed record FieldViolation(string Field, string Description);
