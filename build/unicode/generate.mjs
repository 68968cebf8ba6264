// Writes the Unicode tables of the project: generate.mjs FOLDER UCD OUTPUT (see ../unicode-table.sh).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifierClass } from "./identifierClass.mjs";
import { lookAlikes } from "./lookAlikes.mjs";
import { LAST, readUnicode } from "./ucd.mjs";

const [folder, package_, output] = process.argv.slice(2);
const ucd = readUnicode(folder, package_);
const classes = Array.from({ length: LAST + 1 }, (_, codePoint) => identifierClass(ucd, codePoint));

write("unicode-scripts", "codes and names of the scripts", scriptLines());
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
    const used = new Set(Array.from(ucd.scripts, ([codePoint, scripts]) => ("VOJ".includes(classes[codePoint]) ? scripts : "")).flatMap(text => text.split(" ")));
    return [...ucd.scriptNames].filter(([code]) => used.has(code)).sort().map(([code, name]) => `${code};${name}`);
}

// One line for each run of characters that are alike. What a disallowed character is like beyond that is never asked.
function characterLines() {
    const lines = [];
    let first = 0;
    for (let codePoint = 1; codePoint <= LAST + 1; codePoint++) {
        if (codePoint <= LAST && properties(codePoint) === properties(first)) continue;
        if (properties(first) !== "U") lines.push(`${hex(first)}${first === codePoint - 1 ? "" : `..${hex(codePoint - 1)}`};${properties(first)}`);
        first = codePoint;
    }
    return lines;
}

function properties(codePoint) {
    const own = classes[codePoint];
    const combining = ucd.combiningClass.get(codePoint) ?? 0;
    const cased = [ucd.cased.has(codePoint) && "c", ucd.caseIgnorable.has(codePoint) && "i"];
    if (!"VOJ".includes(own)) return [own, combining || "", "", "", cased.filter(Boolean).join("")].join(";").replace(/;+$/, "");
    const category = ucd.category.get(codePoint);
    const flags = [...cased, ucd.allowed.has(codePoint) && "a", ["Mn", "Mc"].includes(category) && "m", category === "Nd" && "d"];
    const joining = ucd.joining.get(codePoint) ?? "U";
    const scripts = ucd.scripts.get(codePoint);
    return [own, combining || "", ucd.bidi.get(codePoint), joining === "U" ? "" : joining, flags.filter(Boolean).join(""), scripts].join(";");
}

function mappingLines() {
    const lines = [];
    for (const [codePoint, { type, mapping }] of [...ucd.decomposition].sort((a, b) => a[0] - b[0])) {
        const composes = mapping.length === 2 && !ucd.excluded.has(codePoint);
        if (type === "canonical") lines.push(`${composes ? "=" : "d"};${hex(codePoint)};${mapping.map(hex).join(" ")}`);
        if (type === "wide" || type === "narrow") lines.push(`w;${hex(codePoint)};${mapping.map(hex).join(" ")}`);
    }
    for (const [codePoint, lower] of ucd.lower) lines.push(`l;${hex(codePoint)};${hex(lower)}`);
    return lines;
}

function lookAlikeLines() {
    return lookAlikes(ucd, codePoint => classes[codePoint]).map(
        ([codePoint, ...forms]) => [hex(codePoint), ...forms.map(form => form.map(hex).join(" "))].join(";"));
}
