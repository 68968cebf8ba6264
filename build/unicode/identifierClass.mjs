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

// The parts that Hangul syllables are decomposed into: Hangul_Syllable_Type L, V or T.
const JAMO = [[0x1100, 0x11ff], [0xa960, 0xa97c], [0xd7b0, 0xd7c6], [0xd7cb, 0xd7fb]];

const BY_CATEGORY = {
    Lowercase_Letter: "V", Uppercase_Letter: "V", Other_Letter: "V", Decimal_Number: "V", Modifier_Letter: "V", Nonspacing_Mark: "V",
    Spacing_Mark: "V", Titlecase_Letter: "L", Letter_Number: "L", Other_Number: "L", Enclosing_Mark: "L", Space_Separator: "S",
    Math_Symbol: "Y", Currency_Symbol: "Y", Modifier_Symbol: "Y", Other_Symbol: "Y", Connector_Punctuation: "P", Dash_Punctuation: "P",
    Open_Punctuation: "P", Close_Punctuation: "P", Initial_Punctuation: "P", Final_Punctuation: "P", Other_Punctuation: "P",
};

export function identifierClass(ucd, codePoint) {
    const category = ucd.category.get(codePoint) ?? "Unassigned";
    if (EXCEPTIONS.has(codePoint)) return EXCEPTIONS.get(codePoint);
    if (category === "Unassigned" && !ucd.nonCharacter.has(codePoint)) return "U";
    if (codePoint >= 0x21 && codePoint <= 0x7e) return "V";
    if (codePoint === 0x200c || codePoint === 0x200d) return "J";
    if (JAMO.some(([first, last]) => codePoint >= first && codePoint <= last)) return "X";
    if (ucd.ignorable.has(codePoint) || ucd.nonCharacter.has(codePoint)) return "I";
    if (category === "Control") return "C";
    if (hasCompat(codePoint)) return "K";
    return BY_CATEGORY[category] ?? "X";
}
