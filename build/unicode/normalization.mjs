// Full canonical decomposition of a code point, as the generator needs it.
export const decompose = codePoint => Array.from(String.fromCodePoint(codePoint).normalize("NFD"), each => each.codePointAt(0));

// Whether NFKC changes the character (RFC 8264, section 9.17).
export function hasCompat(codePoint) {
    const text = String.fromCodePoint(codePoint);
    return text.normalize("NFKC") !== text;
}
