// Prints checksums of what Node.js, by its own copy of ICU, makes of texts: the tests compare what the project's code makes of the
// same ones (tests/Profiles.Core.Tests/Usernames/UnicodeChecksumTests.cs). Node.js has to be of the tables' Unicode version.
import { createHash } from "node:crypto";

const RANGES = [
    [0x41, 0x17f], [0x300, 0x36f], [0x384, 0x3ff], [0x5b0, 0x5c7], [0x64b, 0x65f], [0x915, 0x94d], [0x9be, 0x9dc], [0xfb1d, 0xfb4e],
    [0x1100, 0x11ff], [0xac00, 0xac40], [0x1e00, 0x1fff], [0x1d158, 0x1d1aa], [0x1e8d0, 0x1e8d6],
];
const POOL = RANGES.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

function* characters() {
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++)
        if (codePoint < 0xd800 || codePoint > 0xdfff) yield String.fromCodePoint(codePoint);
}

// 50,000 texts of 2–9 characters, by the generator of Numerical Recipes.
function* sequences() {
    let state = 1;
    const next = below => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor(state / 65536) % below;
    };
    for (let i = 0; i < 50000; i++)
        yield String.fromCodePoint(...Array.from({ length: 2 + next(8) }, () => POOL[next(POOL.length)]));
}

function checksum(texts, map) {
    const hash = createHash("sha256");
    for (const text of texts) hash.update(`${map(text)}\n`);
    return hash.digest("hex");
}

console.log(`Unicode ${process.versions.unicode}`);
for (const [name, texts] of [["characters", characters], ["sequences", sequences]]) {
    console.log(`${name} NFC   ${checksum(texts(), text => text.normalize("NFC"))}`);
    console.log(`${name} NFD   ${checksum(texts(), text => text.normalize("NFD"))}`);
    console.log(`${name} lower ${checksum(texts(), text => text.toLowerCase())}`);
}
