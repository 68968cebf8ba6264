// The derived property of RFC 8264, section 8, for the IdentifierClass: one letter a code point. Disallowed characters have one
// letter for each reason, so that an error can say why.
import { hasCompat } from "./normalization.mjs";

const EXCEPTIONS = new Map([
    ...[0x00df, 0x03c2, 0x06fd, 0x06fe, 0x0f0b, 0x3007].map(codePoint => [codePoint, "V"]),
    ...[0x00b7, 0x0375, 0x05f3, 0x05f4, 0x30fb].map(codePoint => [codePoint, "O"]),
    ...Array.from({ length: 10 }, (_, i) => [0x0660 + i, "O"]),
    ...Array.from({ length: 10 }, (_, i) => [0x06f0 + i, "O"]),
    ...[0x0640, 0x07fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b].map(codePoint => [codePoint, "X"]),
]);

const BY_CATEGORY = {
    Ll: "V", Lu: "V", Lo: "V", Nd: "V", Lm: "V", Mn: "V", Mc: "V",
    Lt: "L", Nl: "L", No: "L", Me: "L",
    Zs: "S", Sm: "Y", Sc: "Y", Sk: "Y", So: "Y",
    Pc: "P", Pd: "P", Ps: "P", Pe: "P", Pi: "P", Pf: "P", Po: "P",
};

export function identifierClass(ucd, codePoint) {
    if (EXCEPTIONS.has(codePoint)) return EXCEPTIONS.get(codePoint);
    if (!ucd.category.has(codePoint) && !ucd.nonCharacter.has(codePoint)) return "U";
    if (codePoint >= 0x21 && codePoint <= 0x7e) return "V";
    if (codePoint === 0x200c || codePoint === 0x200d) return "J";
    if (ucd.hangul.get(codePoint)?.length === 1) return "X";
    if (ucd.ignorable.has(codePoint) || ucd.nonCharacter.has(codePoint)) return "I";
    if (ucd.category.get(codePoint) === "Cc") return "C";
    if (hasCompat(ucd, codePoint)) return "K";
    return BY_CATEGORY[ucd.category.get(codePoint)] ?? "X";
}
