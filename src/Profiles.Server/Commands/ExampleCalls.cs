namespace Profiles.Server.Commands;

/// <summary>Calls to paste into a shell, in the folder of this project.</summary>
internal static class ExampleCalls
{
    public static string Format(string httpAddress, string grpcAddress, string token, string apiKey, bool hasReflection)
    {
        var buf = $"npx buf curl {(hasReflection ? string.Empty : "--schema protos ")}--protocol grpc --http2-prior-knowledge";
        return $$$"""

            Profiles is ready. Paste these into another shell, in this folder:

            TOKEN='{{{token}}}'
            KEY='{{{apiKey}}}'

            # REST: change your own profile, then read it
            curl -X PATCH {{{httpAddress}}}/v1/users/me/profile -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"givenName":"Alice","attributes":{"tier":"gold"}}'
            curl {{{httpAddress}}}/v1/users/me/profile -H "authorization: Bearer $TOKEN"

            # REST with an API key, as a server does: list the profiles of the organization
            curl {{{httpAddress}}}/v1/profiles -H "x-api-key: $KEY"

            # gRPC: read it, and set somebody else's as a server does
            {{{buf}}} -H "authorization: Bearer $TOKEN" -d '{}' {{{grpcAddress}}}/profiles.v1.ProfileService/GetMyProfile
            {{{buf}}} -H "authorization: Bearer $TOKEN" -d '{"userId":"bob","profile":{"nickname":"Bob","level":7}}' {{{grpcAddress}}}/profiles.v1.ProfileService/SetProfile

            """;
    }
}
