// What a character of a key looks like (docs/usernames.md, "Look-alikes"). Keys are in small letters and are read decomposed, so
// only characters that can stand there have a line: [code point, small look, capital look, skeleton].
import { decompose } from "./normalization.mjs";
import { LAST } from "./ucd.mjs";

const NEUTRAL = new Set(["Latin", "Common", "Inherited"]);
const SMALL_I = 0x69, SMALL_L = 0x6c;

export function lookAlikes(ucd, classOf) {
    const reachable = reachableCharacters(ucd, classOf);
    const classes = lookClasses(ucd, classOf);
    const small = looks(ucd, reachable, classes, codePoint => codePoint);
    const capital = looks(ucd, reachable, classes, codePoint => ucd.upper.get(codePoint) ?? codePoint);
    return reachable
        .map(each => [each, [small.get(each)], [capital.get(each)], skeleton(ucd, classOf, each)])
        .filter(([codePoint, ...forms]) => forms.some(form => String(form) !== String([codePoint])));
}

function reachableCharacters(ucd, classOf) {
    const found = new Set();
    for (let codePoint = 0; codePoint <= LAST; codePoint++) {
        if (!"VOJ".includes(classOf(codePoint)) || ucd.lower.has(codePoint)) continue;
        for (const each of decompose(codePoint)) found.add(each);
    }
    return [...found].sort((a, b) => a - b);
}

// UTS #39: decompose, replace by prototypes, decompose.
const prototype = (ucd, codePoints) =>
    codePoints.flatMap(decompose).flatMap(each => ucd.confusables.get(each) ?? [each]).flatMap(decompose);

// The skeleton of UTS #39 in small letters, taken until it is stable. A capital I is drawn like a small l, and so i is one letter
// with l; joiners are not seen.
function skeleton(ucd, classOf, codePoint) {
    let form = [codePoint];
    for (let round = 0; round < 20; round++) {
        const next = prototype(ucd, form)
            .map(each => ucd.lower.get(each) ?? each)
            .map(each => (each === SMALL_I ? SMALL_L : each))
            .filter(each => classOf(each) !== "J");
        if (String(next) === String(form)) return form;
        form = next;
    }
    throw new Error(`The skeleton of U+${codePoint.toString(16)} is not stable.`);
}

// prototype -> the characters of names that have it, in the order in which they are preferred.
function lookClasses(ucd, classOf) {
    const classes = new Map();
    for (let codePoint = 0; codePoint <= LAST; codePoint++) {
        if (classOf(codePoint) !== "V" || decompose(codePoint).length > 1) continue;
        const key = String(prototype(ucd, [codePoint]));
        if (!classes.has(key)) classes.set(key, []);
        classes.get(key).push(codePoint);
    }
    for (const [key, members] of classes) {
        const rank = codePoint => (String(codePoint) === key ? 0 : 4) + (codePoint < 0x80 ? 0 : 2) + (ucd.allowed.has(codePoint) ? 0 : 1);
        members.sort((a, b) => rank(a) - rank(b) || a - b);
    }
    return classes;
}

// The look of each character: the Latin letter that it resembles, else the prototype that letters of several scripts resemble, else
// itself. No two letters of one script get the same look, so that names of one script never collide.
function looks(ucd, reachable, classes, appearance) {
    const small = codePoint => ucd.lower.get(codePoint) ?? codePoint;
    const own = codePoint => (NEUTRAL.has(ucd.script.get(codePoint)) ? codePoint : small(appearance(codePoint)));
    const result = new Map(reachable.map(codePoint => [codePoint, own(codePoint)]));
    const taken = new Map();
    const bySight = new Map();
    for (const codePoint of reachable) {
        const seen = appearance(codePoint);
        if (!bySight.has(seen)) bySight.set(seen, []);
        bySight.get(seen).push(codePoint);
    }

    for (const members of classes.values()) {
        const latin = members.filter(each => ucd.script.get(each) === "Latin");
        for (const seen of members.filter(each => bySight.has(each) && !NEUTRAL.has(ucd.script.get(each)))) {
            const script = ucd.script.get(seen);
            if (!taken.has(script)) taken.set(script, new Set());
            const sameCase = latin.filter(each => isSameCase(ucd, each, seen));
            const candidates = latin.length > 0 ? [...sameCase, ...latin] : members.slice(0, 1);
            const choice = candidates.map(small).find(each => !taken.get(script).has(each));
            if (choice === undefined) continue;
            taken.get(script).add(choice);
            for (const codePoint of bySight.get(seen)) result.set(codePoint, choice);
        }
    }
    return result;
}

function isSameCase(ucd, one, other) {
    const category = ucd.category.get(one);
    return ["Uppercase_Letter", "Lowercase_Letter"].includes(category) && category === ucd.category.get(other);
}
