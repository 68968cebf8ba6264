// Writes the Unicode tables of the project: generate.mjs FOLDER DATA OUTPUT (see ../unicode-table.sh).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifierClass } from "./identifierClass.mjs";
import { lookAlikes } from "./lookAlikes.mjs";
import { LAST, readUnicode } from "./ucd.mjs";

const MARKS = new Set(["Nonspacing_Mark", "Spacing_Mark"]);
const BIDI = {
    Left_To_Right: "L", Right_To_Left: "R", Arabic_Letter: "AL", Arabic_Number: "AN", European_Number: "EN", European_Separator: "ES",
    Common_Separator: "CS", European_Terminator: "ET", Other_Neutral: "ON", Boundary_Neutral: "BN", Nonspacing_Mark: "NSM",
};

const [folder, data, output] = process.argv.slice(2);
const ucd = await readUnicode(folder, data);
const classes = Array.from({ length: LAST + 1 }, (_, codePoint) => identifierClass(ucd, codePoint));

write("unicode-scripts", "the scripts of names", scriptLines());
write("unicode-characters", "ranges: class;combining class;bidi class;joining type;flags;scripts", characterLines());
write("unicode-mappings", "canonical decompositions (= also composes), width and lower-case mappings", mappingLines());
write("unicode-look-alikes", "code point;small look;capital look;skeleton", lookAlikeLines());

function write(name, content, lines) {
    const head = [
        `# Unicode ${ucd.version}, ${content}.`,
        "# Made by `make unicode-table`; not edited by hand. Derived from data of Unicode, Inc.: see unicode-license.txt.",
    ];
    writeFileSync(join(output, `${name}.txt`), [...head, ...lines, ""].join("\n"));
}

function hex(codePoint) {
    return codePoint.toString(16).toUpperCase().padStart(4, "0");
}

function scriptLines() {
    return [...new Set([...ucd.scripts].filter(([codePoint]) => "VOJ".includes(classes[codePoint])).flatMap(([, names]) => names))].sort();
}

// One line for each run of characters that are alike. What a disallowed character is like beyond that is never asked.
function characterLines() {
    const lines = [];
    let first = 0;
    for (let codePoint = 1; codePoint <= LAST + 1; codePoint++) {
        if (codePoint <= LAST && properties(codePoint) === properties(first)) continue;
        const range = first === codePoint - 1 ? hex(first) : `${hex(first)}..${hex(codePoint - 1)}`;
        if (properties(first) !== "U") lines.push(`${range};${properties(first)}`);
        first = codePoint;
    }
    return lines;
}

function properties(codePoint) {
    const own = classes[codePoint];
    const combining = ucd.combiningClass.get(codePoint) ?? "";
    const cased = [ucd.cased.has(codePoint) && "c", ucd.caseIgnorable.has(codePoint) && "i"];
    if (!"VOJ".includes(own)) return [own, combining, "", "", cased.filter(Boolean).join("")].join(";").replace(/;+$/, "");
    const category = ucd.category.get(codePoint);
    const flags = [...cased, ucd.allowed.has(codePoint) && "a", MARKS.has(category) && "m", category === "Decimal_Number" && "d"];
    const joining = ucd.joining.get(codePoint) ?? "";
    const scripts = ucd.scripts.get(codePoint).join(" ");
    return [own, combining, BIDI[ucd.bidi.get(codePoint)], joining, flags.filter(Boolean).join(""), scripts].join(";");
}

function mappingLines() {
    const line = (kind, codePoint, mapping) => `${kind};${hex(codePoint)};${[mapping].flat().map(hex).join(" ")}`;
    const sorted = map => [...map].sort((a, b) => a[0] - b[0]);
    const composes = (codePoint, mapping) => mapping.length === 2 && !ucd.excluded.has(codePoint);
    return [
        ...sorted(ucd.decomposition)
            .filter(([codePoint]) => codePoint < 0xac00 || codePoint > 0xd7a3)
            .map(([codePoint, mapping]) => line(composes(codePoint, [mapping].flat()) ? "=" : "d", codePoint, mapping)),
        ...sorted(ucd.width).map(([codePoint, mapping]) => line("w", codePoint, mapping)),
        ...sorted(ucd.lower).map(([codePoint, mapping]) => line("l", codePoint, mapping)),
    ];
}

function lookAlikeLines() {
    return lookAlikes(ucd, codePoint => classes[codePoint]).map(
        ([codePoint, ...forms]) => [hex(codePoint), ...forms.map(form => form.map(hex).join(" "))].join(";"));
}
