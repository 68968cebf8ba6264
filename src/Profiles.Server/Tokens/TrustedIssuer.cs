using System.Collections.Frozen;

namespace Profiles.Server.Tokens;

/// <summary>An issuer whose tokens are accepted.</summary>
/// <param name="Name">What its tokens have as <c>iss</c>, to the letter.</param>
/// <param name="Audience">What its tokens must have as <c>aud</c>, or among it.</param>
/// <param name="Keys">Its keys by their ids.</param>
internal sealed record TrustedIssuer(string Name, string Audience, FrozenDictionary<string, VerificationKey> Keys);
