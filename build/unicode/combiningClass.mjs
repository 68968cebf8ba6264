// Canonical combining classes, told by how Node.js orders marks: of two marks in a row, NFD puts the one of the lower class first.

// One mark of each class but 0.
const MARKS = new Map([
    [1, 0x334], [6, 0x16ff0], [7, 0x93c], [8, 0x3099], [9, 0x94d], [10, 0x5b0], [11, 0x5b1], [12, 0x5b2], [13, 0x5b3], [14, 0x5b4],
    [15, 0x5b5], [16, 0x5b6], [17, 0x5b7], [18, 0x5b8], [19, 0x5b9], [20, 0x5bb], [21, 0x5bc], [22, 0x5bd], [23, 0x5bf], [24, 0x5c1],
    [25, 0x5c2], [26, 0xfb1e], [27, 0x64b], [28, 0x64c], [29, 0x64d], [30, 0x64e], [31, 0x64f], [32, 0x650], [33, 0x651], [34, 0x652],
    [35, 0x670], [36, 0x711], [84, 0xc55], [91, 0xc56], [103, 0xe38], [107, 0xe48], [118, 0xeb8], [122, 0xec8], [129, 0xf71],
    [130, 0xf72], [132, 0xf74], [202, 0x327], [214, 0x1dce], [216, 0x31b], [218, 0x302a], [220, 0x316], [222, 0x59a], [224, 0x302e],
    [226, 0x1d16d], [228, 0x5ae], [230, 0x300], [232, 0x315], [233, 0x35c], [234, 0x35d], [240, 0x345],
]);
const LOWEST = MARKS.get(1), HIGHEST = MARKS.get(240);

// Whether the marks change places. They stand after a letter that composes with none.
function swaps(first, second) {
    const text = String.fromCodePoint(first, second);
    return `\u0e01${text}`.normalize("NFD") !== `\u0e01${text}`;
}

function combiningClass(codePoint) {
    const text = String.fromCodePoint(codePoint);
    if (text.normalize("NFD") !== text || !(swaps(codePoint, LOWEST) || swaps(HIGHEST, codePoint))) return 0;
    for (const [value, mark] of MARKS)
        if (!swaps(codePoint, mark) && !swaps(mark, codePoint)) return value;
    throw new Error(`No mark is of the combining class of U+${codePoint.toString(16)}.`);
}

// Code point -> class, for those that are not 0. Marks that decompose are not asked: normalization asks only what they decompose to.
export function combiningClasses() {
    const classes = new Map();
    for (let codePoint = 0x300; codePoint <= 0x1ffff; codePoint++) {
        if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
        const value = combiningClass(codePoint);
        if (value !== 0) classes.set(codePoint, value);
    }
    return classes;
}
