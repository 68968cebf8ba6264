using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Binding;

/// <summary>
/// What the content of a request has to be, by its headers <c>Content-Digest</c> and <c>Repr-Digest</c> (RFC 9530). They mean the same where
/// content is whole and comes without encoding, as it must here.
/// </summary>
internal sealed partial class ContentDigest
{
    /// <summary>The headers, as metadata names them.</summary>
    public static readonly string[] Headers = ["content-digest", "repr-digest"];

    private const string Rule = "must be a dictionary of digests in base64, such as sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    // RFC 9651, section 3.2. What RFC 9530 lets be a member: a byte sequence, with whatever parameters.
    private const string Member =
        """(?<name>[a-z*][a-z0-9_\-.*]*)=:(?<digest>[A-Za-z0-9+/]*={0,2}):(; *[a-z*][a-z0-9_\-.*]*(=(%?"([ !#-\[\]-~]|\\["\\])*"|[A-Za-z0-9!#$%&'*+\-.^_`|~:/=?@]+))?)*""";

    private static readonly Algorithm[] s_algorithms = [new("sha-256", HashAlgorithmName.SHA256, 32), new("sha-512", HashAlgorithmName.SHA512, 64)];

    private readonly List<Expectation> _expected = [];

    /// <summary>What the request says of its content; null where it says nothing.</summary>
    /// <exception cref="RequestFault">It says it in no form of the headers.</exception>
    public static ContentDigest? Of(HttpRequest request)
    {
        ContentDigest? digest = null;
        foreach (var header in Headers)
        {
            if (request.Headers.TryGetValue(header, out var values)) (digest ??= new ContentDigest()).Read(header, values.ToString());
        }

        return digest;
    }

    /// <summary>Demands that this is the content.</summary>
    /// <exception cref="RequestFault">It is not.</exception>
    public void Verify(ReadOnlySequence<byte> content)
    {
        foreach (var (header, algorithm, digest) in _expected)
        {
            var actual = algorithm.Hash(content);
            if (actual.AsSpan().SequenceEqual(digest)) continue;
            var arrived = $"{content.Length} bytes with {algorithm.Name}=:{Convert.ToBase64String(actual)}: arrived";
            throw RequestFault.Field(header, $"must be that of the content, yet {arrived}");
        }
    }

    private void Read(string header, string text)
    {
        var dictionary = Dictionary().Match(text);
        if (!dictionary.Success) throw RequestFault.Field(header, Rule);

        // Of members with one name the last counts, and algorithms that nobody knows here do not.
        var digests = dictionary.Groups["digest"].Captures;
        var members = dictionary.Groups["name"].Captures.Zip(digests).ToLookup(pair => pair.First.Value, pair => pair.Second.Value, StringComparer.Ordinal);
        foreach (var algorithm in s_algorithms)
        {
            if (members[algorithm.Name].LastOrDefault() is not { } base64) continue;
            if (!Base64Text.TryDecode(Encoding.ASCII.GetBytes(base64), out var digest) || digest.Length != algorithm.Length)
                throw RequestFault.Field(header, $"must have {algorithm.Length} bytes in base64 as {algorithm.Name}");
            _expected.Add(new Expectation(header, algorithm, digest));
        }
    }

    [GeneratedRegex("^ *" + Member + "([ \t]*,[ \t]*" + Member + ")* *$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dictionary();

    private sealed record Expectation(string Header, Algorithm Algorithm, byte[] Digest);

    private sealed record Algorithm(string Name, HashAlgorithmName Kind, int Length)
    {
        public byte[] Hash(ReadOnlySequence<byte> content)
        {
            using var hash = IncrementalHash.CreateHash(Kind);
            foreach (var segment in content) hash.AppendData(segment.Span);
            return hash.GetHashAndReset();
        }
    }
}
