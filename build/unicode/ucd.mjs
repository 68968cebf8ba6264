// Reads the character data that the tables are made of: Map and Set by code point, all of one Unicode version.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { combiningClasses } from "./combiningClass.mjs";

export const LAST = 0x10ffff;

const FILES = ["confusables.txt", "IdentifierStatus.txt", "Scripts.txt", "ScriptExtensions.txt"];
const JOINING = { Dual_Joining: "D", Join_Causing: "C", Left_Joining: "L", Right_Joining: "R", Transparent: "T" };

const hex = text => parseInt(text, 16);
const sequence = text => text.trim().split(/\s+/).map(hex);
const all = ({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

// folder: has FILES. data: the folder of the package @unicode/unicode-VERSION, which has the rest but the combining classes.
export async function readUnicode(folder, data) {
    const version = checkVersions(folder, data);
    const load = async path => (await import(pathToFileURL(join(data, `${path}.mjs`)))).default;
    const set = async path => new Set(await load(`${path}/code-points`));
    return {
        version,
        category: await load("General_Category/index"),
        bidi: await load("Bidi_Class/index"),
        joining: await readJoining(load),
        decomposition: await load("Decomposition_Mapping/Canonical/code-points"),
        width: new Map([
            ...await load("Decomposition_Mapping/Wide/code-points"),
            ...await load("Decomposition_Mapping/Narrow/code-points"),
        ]),
        excluded: await set("Binary_Property/Full_Composition_Exclusion"),
        lower: await load("Simple_Case_Mapping/Lowercase/code-points"),
        upper: await load("Simple_Case_Mapping/Uppercase/code-points"),
        cased: await set("Binary_Property/Cased"),
        caseIgnorable: await set("Binary_Property/Case_Ignorable"),
        ignorable: await set("Binary_Property/Default_Ignorable_Code_Point"),
        nonCharacter: await set("Binary_Property/Noncharacter_Code_Point"),
        combiningClass: combiningClasses(),
        ...readScripts(folder),
        allowed: new Set([...lines(folder, "IdentifierStatus.txt")].filter(line => line.fields[1] === "Allowed").flatMap(all)),
        confusables: new Map([...lines(folder, "confusables.txt")].map(line => [line.first, sequence(line.fields[1])])),
    };
}

// The data of one version; Node.js, which knows the combining classes, has to be of the same.
function checkVersions(folder, data) {
    const versions = FILES.map(name => fileVersion(folder, name));
    versions.push(/unicode-([\d.]+)$/.exec(JSON.parse(readFileSync(join(data, "package.json"), "utf8")).name)[1]);
    versions.push(`${process.versions.unicode}.0`);
    if (new Set(versions).size !== 1)
        throw new Error(`Files, package and Node.js differ in their Unicode version: ${versions.join(", ")}.`);
    return versions[0];
}

function fileVersion(folder, name) {
    const version = /(?:Version: |-)(\d+\.\d+\.\d+)/.exec(readFileSync(join(folder, name), "utf8").slice(0, 2000));
    if (!version) throw new Error(`${name} does not say its Unicode version.`);
    return version[1];
}

// The lines of a file in the format of the Unicode Character Database.
function* lines(folder, name) {
    for (const line of readFileSync(join(folder, name), "utf8").split("\n")) {
        const fields = line.replace(/^\ufeff/, "").split("#", 1)[0].split(";").map(field => field.trim());
        if (fields.length < 2) continue;
        const [first, last = first] = fields[0].split("..").map(hex);
        yield { first, last, fields };
    }
}

async function readJoining(load) {
    const joining = new Map();
    for (const [name, letter] of Object.entries(JOINING))
        for (const codePoint of await load(`Joining_Type/${name}/code-points`)) joining.set(codePoint, letter);
    return joining;
}

// script: by code point, its name. scripts: the names of all scripts that use the character.
function readScripts(folder) {
    const script = new Map([...lines(folder, "Scripts.txt")].flatMap(line => all(line).map(each => [each, line.fields[1]])));
    const scripts = new Map([...script].map(([codePoint, name]) => [codePoint, [name]]));
    const nameOf = scriptNames(script);
    for (const line of lines(folder, "ScriptExtensions.txt"))
        for (const each of all(line)) scripts.set(each, line.fields[1].split(" ").map(nameOf));
    return { script, scripts };
}

// ScriptExtensions.txt has codes for names; regular expressions know both.
function scriptNames(script) {
    const samples = new Map([...script].map(([codePoint, name]) => [name, String.fromCodePoint(codePoint)]));
    const known = new Map();
    return code => {
        if (!known.has(code)) {
            const matches = new RegExp(`^\\p{Script=${code}}$`, "u");
            known.set(code, [...samples].find(([, sample]) => matches.test(sample))[0]);
        }
        return known.get(code);
    };
}
