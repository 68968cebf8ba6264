// Decompositions, as the generator needs them; what the program does at run time is checked against Unicode's own test data.
const S_BASE = 0xac00, L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11a7, V_COUNT = 21, T_COUNT = 28, S_COUNT = 11172;

// decompose UCD CODEPOINT: fully, by canonical mappings, or by all of them with COMPATIBLE.
export function decompose(ucd, codePoint, compatible = false) {
    if (codePoint >= S_BASE && codePoint < S_BASE + S_COUNT) return hangul(codePoint - S_BASE);
    const own = ucd.decomposition.get(codePoint);
    if (!own || (own.type !== "canonical" && !compatible)) return [codePoint];
    return own.mapping.flatMap(each => decompose(ucd, each, compatible));
}

function hangul(index) {
    const parts = [L_BASE + Math.floor(index / (V_COUNT * T_COUNT)), V_BASE + Math.floor((index % (V_COUNT * T_COUNT)) / T_COUNT)];
    return index % T_COUNT ? [...parts, T_BASE + (index % T_COUNT)] : parts;
}

// hasCompat UCD CODEPOINT: whether NFKC changes the character (RFC 8264, section 9.17).
export function hasCompat(ucd, codePoint) {
    const plain = decompose(ucd, codePoint);
    const compatible = decompose(ucd, codePoint, true);
    if (String(plain) !== String(compatible)) return true;
    return ucd.excluded.has(codePoint);
}
