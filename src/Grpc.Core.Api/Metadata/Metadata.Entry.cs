using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>
    /// A key with its value; neither changes. A key has at least one character and is made of <c>a–z 0–9 . _ -</c>; upper-case
    /// ASCII letters are turned to lower case (gRPC over HTTP/2: "Header-Name"). A key that ends in
    /// <see cref="BinaryHeaderSuffix"/> has bytes as its value, every other key has text.
    /// </summary>
    public class Entry
    {
        private static readonly SearchValues<char> s_keyCharacters =
            SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>Creates a binary entry.</summary>
        /// <param name="key">Key that ends in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="valueBytes">Bytes; they are copied.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key has a wrong character, none at all, or the wrong end.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = NormalKey(key, binary: true);
            ArgumentNullException.ThrowIfNull(valueBytes);
            _bytes = valueBytes.AsSpan().ToArray();
        }

        /// <summary>Creates a text entry.</summary>
        /// <param name="key">Key that does not end in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="value">Printable ASCII text. It is the transport that refuses anything else, when the entry is sent.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key has a wrong character, none at all, or the wrong end.</exception>
        public Entry(string key, string value)
        {
            Key = NormalKey(key, binary: false);
            ArgumentNullException.ThrowIfNull(value);
            _text = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => _bytes is not null;

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The value is bytes.</exception>
        public string Value => _text ?? throw new InvalidOperationException("The value of a binary metadata entry is not text.");

        /// <summary>A copy of the bytes; of a text entry, its ASCII bytes.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : _bytes.AsSpan().ToArray();

        /// <summary>Key and size. The value is left out: metadata carries credentials, and this text ends up in logs.</summary>
        /// <returns>The text.</returns>
        public override string ToString() =>
            _bytes is null ? $"{Key} ({_text!.Length} characters)" : $"{Key} ({_bytes.Length} bytes)";

        internal bool HasKey(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);

        private static string NormalKey(string key, bool binary)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(s_keyCharacters))
                throw new ArgumentException("A metadata key is made of a-z, 0-9, '.', '_' and '-'.", nameof(key));

            var normal = key.AsSpan().ContainsAnyInRange('A', 'Z') ? key.ToLowerInvariant() : key;
            if (normal.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal) == binary)
                return normal;

            throw new ArgumentException(
                binary ? "The key of a binary metadata entry ends in '-bin'." : "A metadata key that ends in '-bin' has a binary value.",
                nameof(key));
        }
    }
}
