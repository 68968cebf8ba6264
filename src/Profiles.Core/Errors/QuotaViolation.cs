namespace Profiles.Core.Errors;

/// <summary>An allowance that is used up.</summary>
/// <param name="Subject">Whose: <c>organization:acme/token:alice</c>, or <c>address</c>. No credential.</param>
/// <param name="Description">Which, in words: "READ calls: 6000/1m".</param>
public sealed record QuotaViolation(string Subject, string Description);
