// Text → words → roots, by the same rules as generator/data/words.py (a test holds the two to each other). A plain
// script, as modules are not loaded from a folder (file:).
(() => {

const VOWELS = "aeiou";
const LONGEST = 40;
const CLITICS = ["lah", "pun", "nya", "ku", "mu"];
const SUFFIXES = ["an", "kan", "i"];
const PLAIN = ["di", "ke", "ber", "ter", "per"];
const RARE = ["se", "be", "te", "ku", "kau"];
const IMPOSSIBLE = new Set(["be-i", "di-an", "ke-i", "ke-kan", "me-an", "pe-kan", "se-i", "se-kan", "te-an"]);
const LOANS = [
  ["ator", "asi"], ["atur", "asi"], ["isir", "isasi"], ["ir", "asi"], ["atif", "asi"], ["or", "i"], ["if", "i"],
];
const SPELLINGS = [
  ["f", "v"], ["v", "f"], ["ij", "iz"], ["j", "z"], ["z", "s"], ["kw", "ku"], ["hn", "kn"], ["x", "ks"],
  ["ph", "f"], ["p", "f"], ["sy", "s"], ["isa", "isis"], ["ai", "ae"], ["y", "i"], ["o", "u"], ["u", "o"],
  ["ek", "ik"], ["em", "im"], ["e", "i"], ["by", "bj"], ["oo", "o"], ["ll", "l"], ["ss", "s"], ["tt", "t"],
];
const vowel = (letter) => letter !== undefined && VOWELS.includes(letter);
const liquid = (letter) => letter === "l" || letter === "r";
const alphabetic = (word) => /^[a-z]+$/.test(word);

const fold = (text) =>
  text.replace(/['’‘`´ʼ]/g, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const split = (text) => fold(text).match(/[a-z0-9]+/g) || [];

function* afterNasal(first, rest) {
  if ("lrwymn".includes(rest[0]) || (first === "pe" && !vowel(rest[0]))) yield rest;
  if (rest.startsWith("ng")) {
    const after = rest.slice(2);
    yield after;
    if (vowel(after[0]) || liquid(after[0])) yield "k" + after;
    if (after[0] === "e" && after.length <= 5) yield after.slice(1);
  } else if (rest.startsWith("ny")) {
    yield "s" + rest.slice(2);
    yield "c" + rest.slice(2);
  } else if (rest[0] === "n" || rest[0] === "m") {
    const after = rest.slice(1);
    if (after && !vowel(after[0])) yield after;
    if (vowel(after[0]) || liquid(after[0])) {
      yield (rest[0] === "n" ? "t" : "p") + after;
      if (rest[0] === "m") yield "f" + after;
    }
  }
}

function* withoutPrefix(word) {
  const first = word.slice(0, 2);
  const rest = word.slice(2);
  if (word.startsWith("per") && vowel(word[3])) yield ["per", word.slice(3)];
  if ((first === "me" || first === "pe") && rest) {
    for (const stem of afterNasal(first, rest)) yield [first, stem];
  }
  for (const prefix of PLAIN) if (word.startsWith(prefix)) yield [prefix, word.slice(prefix.length)];
}

function* shorter(prefixes, stem, outer, last) {
  for (const [found, rest] of withoutPrefix(stem)) yield [prefixes + 1, rest, outer || found.slice(0, 2), last];
  if (stem === "belajar" || stem === "pelajar") yield [prefixes + 1, "ajar", outer || stem.slice(0, 2), last];
  if (!last) {
    for (const found of CLITICS) if (stem.endsWith(found)) yield [prefixes, stem.slice(0, -found.length), outer, last];
    for (const found of SUFFIXES) if (stem.endsWith(found)) yield [prefixes, stem.slice(0, -found.length), outer, found];
  }
  for (const found of RARE) {
    if (stem.startsWith(found)) yield [prefixes + 1, stem.slice(found.length), outer || found.slice(0, 2), last];
  }
}

const unlikely = ([prefixes, , outer, last]) => prefixes + ((last === "i" || last === "kan") && !outer ? 2 : 0);

// What is left of a word without its affixes, the fewest taken off first: [number of prefixes, rest, outermost prefix,
// suffix].
function derivations(word) {
  if (word.length > LONGEST || !alphabetic(word)) return [[0, word, "", ""]];
  const all = [];
  const seen = new Set([word]);
  let level = [[0, word, "", ""]];
  while (level.length) {
    const below = [];
    for (const state of level) {
      all.push(state);
      for (const next of shorter(...state)) {
        const [, rest, outer, last] = next;
        if (rest.length >= 3 && !seen.has(rest) && !IMPOSSIBLE.has(`${outer}-${last}`)) {
          seen.add(rest);
          below.push(next);
        }
      }
    }
    level = below.sort((a, b) => unlikely(a) - unlikely(b));
  }
  return all;
}

const stems = (word) => derivations(word).map((state) => state[1]);

function* variants(stem) {
  if (stem.length < 5 || !alphabetic(stem)) return;
  for (const [ending, other] of LOANS) {
    if (stem.length - ending.length >= 4 && stem.endsWith(ending)) yield stem.slice(0, -ending.length) + other;
  }
  for (const [wrong, right] of SPELLINGS) {
    for (let at = stem.indexOf(wrong); at >= 0; at = stem.indexOf(wrong, at + 1)) {
      yield stem.slice(0, at) + right + stem.slice(at + wrong.length);
    }
  }
}

function root(word, roots) {
  const found = stems(word);
  for (const stem of found) if (roots.has(stem)) return stem;
  for (const stem of found) for (const variant of variants(stem)) if (roots.has(variant)) return variant;
  return null;
}

// The written forms that a spoken one may stand for: "dibetulin" dibetulkan or dibetuli, "ngurus" mengurus, and with
// the e that is spoken for an a in the last syllable "cepet" cepat, "benerin" benarkan.
function* spoken(word) {
  if (word.length < 5 || !alphabetic(word)) return;
  yield* asWritten(word);
  const open = word.replace(/e([^aeiou]{1,2}(?:in|nya)?)$/, "a$1");
  if (open !== word) yield* [open, ...asWritten(open)];
}

function* asWritten(word) {
  const ends = word.endsWith("in") ? [word.slice(0, -2) + "kan", word.slice(0, -2) + "i", word.slice(0, -2)] : [];
  if (/^(ng|ny|n|m)[a-z]/.test(word)) for (const end of [word, ...ends]) yield "me" + end;
  if (/^nge[a-z]/.test(word)) for (const end of [word.slice(3), ...ends.map((one) => one.slice(3))]) yield end;
  yield* ends;
}

const single = (word) => word.replace(/(.)\1+/g, "$1");
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";

// A word with one letter swapped, left out, changed or added; its first letter stays.
function* mistyped(word) {
  for (let i = 1; i < word.length - 1; i++) yield word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2);
  for (let i = 1; i < word.length; i++) yield word.slice(0, i) + word.slice(i + 1);
  for (let i = 1; i < word.length; i++) for (const c of ALPHABET) yield word.slice(0, i) + c + word.slice(i + 1);
  for (let i = 1; i <= word.length; i++) for (const c of ALPHABET) yield word.slice(0, i) + c + word.slice(i);
}

// The word one slip away from a mistyped one whose root is known: a letter that was to be doubled or not before other
// slips, then the longest root; null where there is none. A short word is taken only for a root itself.
function nearest(word, roots) {
  if (word.length < 3 || word.length > 24 || !alphabetic(word)) return null;
  let best = null;
  for (const meant of mistyped(word)) {
    if (meant.length < 3) continue;
    const base = word.length < 6 ? (roots.has(meant) ? meant : null) : stems(meant).find((stem) => roots.has(stem));
    if (!base || (base !== meant && base.length < 3)) continue;
    const worth = base.length + (single(meant) === single(word) ? LONGEST : 0);
    if (worth > (best ? best[1] : 0)) best = [meant, worth];
  }
  return best && best[0];
}

// A word whose root is known by another spelling only: aktifitas.
function respelled(word, roots) {
  for (const stem of stems(word)) for (const variant of variants(stem)) if (roots.has(variant)) return variant;
  return null;
}

// Sorted words from "<letters shared with the one before><rest>", parted by spaces.
function frontDecoded(coded) {
  const words = new Set();
  let before = "";
  for (const entry of coded ? coded.split(" ") : []) {
    before = before.slice(0, parseInt(entry[0], 36)) + entry.slice(1);
    words.add(before);
  }
  return words;
}

globalThis.sopCari = { ...globalThis.sopCari, fold, split, stems, derivations, root, respelled, spoken, nearest, frontDecoded };
})();
