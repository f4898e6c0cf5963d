// Question → results that lead to the step. Loaded when the search box is first used.
// search(question, facets) → {results: [{title, url, section, excerpt: [[text, marked]…]}], total, corrected}.

import { frontDecoded, nearest, root, split } from "./kata.js";

const TOKEN = "xq"; // ends a token in the index
const DERIVED = "xd"; // ends it once more where a derived word gave it
const INITIALS = "xi"; // ends the initials of words with capitals
const RANKED = 12; // records read to rank and show
const LISTED = 100; // pages listed where nothing but facets is asked
const WORDS = 26; // length of an excerpt
const TRIES = 6; // searches of one question's meanings

export async function open(address) {
  const [pagefind, words] = await Promise.all([
    import(`${address}pagefind.js`),
    fetch(`${address}kata.json`).then((answer) => answer.json()),
  ]);
  const index = pagefind.createInstance({ basePath: address, noWorker: true });
  const vocabulary = readVocabulary(words);
  const records = new Map();
  const loaded = new Map();
  const load = (name) => {
    if (!loaded.has(name)) loaded.set(name, fetch(address + name).then((answer) => answer.json()));
    return loaded.get(name);
  };
  return {
    facets: () => load("saring.json"),
    async search(question, chosen = {}) {
      const wanted = Object.entries(chosen).filter(([, value]) => value !== "");
      const allowed = wanted.length ? await filter(await this.facets(), wanted, load) : null;
      const site = address.replace(/pagefind\/$/, "");
      if (!split(question).length) return allowed ? listed(allowed, site, load) : { results: [], total: 0 };
      const asked = understand(question, vocabulary);
      const found = await find(index, asked, allowed);
      const read = await Promise.all(
        found.slice(0, RANKED).map(async (hit) => {
          if (!records.has(hit.id)) records.set(hit.id, sections(await hit.data()));
          return rank(records.get(hit.id), hit.score / found[0].score, asked, vocabulary);
        }),
      );
      const results = read
        .filter((entry) => entry.matched > 0)
        .sort((a, b) => b.rank - a.rank)
        .map((entry) => show(entry, asked, vocabulary, site));
      const total = results.length < RANKED ? results.length : found.length;
      return { results, total, corrected: asked.corrected };
    },
  };
}

export function readVocabulary(words) {
  const phrases = new Map();
  for (const [text, ...tokens] of words.frasa) {
    const phrase = text.split(" ");
    if (!phrases.has(phrase[0])) phrases.set(phrase[0], []);
    phrases.get(phrase[0]).push([phrase, tokens]);
  }
  for (const list of phrases.values()) list.sort((a, b) => b[0].length - a[0].length);
  return {
    roots: frontDecoded(words.akar),
    derived: frontDecoded(words.turun),
    meanings: new Map(Object.entries(words.arti)),
    phrases,
    ignored: new Set(words.abaikan.split(" ")),
    memory: new Map(),
  };
}

// Tokens of a word; none where the site does not know it.
export function tokensOf(word, vocabulary) {
  if (!vocabulary.memory.has(word)) {
    const exact = [word, word.replace(/nya$/, "")].find((one) => vocabulary.meanings.has(one));
    const base = exact ?? root(word, vocabulary.roots);
    vocabulary.memory.set(word, base === null ? [] : vocabulary.meanings.get(base) || [base]);
  }
  return vocabulary.memory.get(word);
}

// The same as `derived` of the vocabulary at build time: mengumumkan, not umum or umumnya.
function isDerived(word, vocabulary) {
  const plain = word.replace(/nya$/, "");
  if (vocabulary.meanings.has(word) || vocabulary.meanings.has(plain)) return false;
  const base = root(word, vocabulary.roots);
  return base !== null && base !== word && base !== plain;
}

// How a word stands in the index.
function marksOf(word, vocabulary) {
  const tokens = tokensOf(word, vocabulary);
  const marks = tokens.map((token) => token + TOKEN);
  return isDerived(word, vocabulary) ? [...marks, ...tokens.map((token) => token + DERIVED)] : marks;
}

function phraseAt(words, at, vocabulary) {
  const keys = (word) => [
    word.replace(/nya$/, ""), root(word, vocabulary.roots) ?? word, ...tokensOf(word, vocabulary),
  ];
  for (const first of new Set(keys(words[at]))) {
    for (const [phrase, tokens] of vocabulary.phrases.get(first) || []) {
      if (phrase.every((wanted, i) => at + i < words.length && keys(words[at + i]).includes(wanted))) {
        return [phrase.length, tokens];
      }
    }
  }
  return null;
}

// The parts of a question, each with the tokens or beginnings of words that answer it.
export function understand(question, vocabulary) {
  const words = split(question);
  const kept = words.filter((word) => !vocabulary.ignored.has(word));
  const units = [];
  let corrected = null;
  for (let at = 0; at < words.length; at++) {
    const phrase = phraseAt(words, at, vocabulary);
    if (phrase) {
      const parts = words.slice(at, at + phrase[0]);
      units.push({ terms: phrase[1].map((token) => token + TOKEN), weak: [], parts });
      at += phrase[0] - 1;
      continue;
    }
    const word = words[at];
    if (vocabulary.ignored.has(word) && kept.length) continue;
    const tokens = tokensOf(word, vocabulary);
    const unit = { terms: tokens.map((token) => token + TOKEN), weak: [] };
    if (isDerived(word, vocabulary) && tokens.some((token) => vocabulary.derived.has(token))) {
      unit.weak = unit.terms;
      unit.terms = tokens.filter((token) => vocabulary.derived.has(token)).map((token) => token + DERIVED);
    }
    const typing = at === words.length - 1 && /[\p{L}\p{N}]$/u.test(question);
    if (!unit.terms.length) {
      unit.terms = /^[a-z]{3,7}$/.test(word) ? [word, word + INITIALS] : [word];
      const near = nearest(word, vocabulary.roots);
      if (near) {
        unit.near = tokensOf(near[0], vocabulary).map((token) => token + TOKEN);
        corrected = near[0];
      }
    } else if (typing) unit.begun = word;
    units.push(unit);
  }
  return { units, corrected, initials: initialsOf(kept, vocabulary), words: kept };
}

// An abbreviation of the whole question that the site knows only as such.
function initialsOf(words, vocabulary) {
  const short = words.map((word) => word[0]).join("");
  return words.length > 2 && vocabulary.roots.has(short) ? short + TOKEN : null;
}

async function find(index, asked, allowed) {
  const { units } = asked;
  const hits = new Map();
  const add = async (terms, weight = 1) => {
    const { results } = await index.search(terms.join(" "));
    for (const hit of results) {
      if (allowed && !allowed.has(hit.id)) continue;
      const score = hit.score * weight;
      if (!hits.has(hit.id) || hits.get(hit.id).score < score) {
        hits.set(hit.id, { id: hit.id, score, data: () => hit.data() });
      }
    }
  };
  for (const terms of product(units.map((unit) => unit.terms)).slice(0, TRIES)) await add(terms);
  if (asked.initials) await add([asked.initials]);
  if (hits.size < 5 && units.some((unit) => unit.weak.length)) {
    const weaker = units.map((unit) => [...(unit.weak.length ? unit.weak : unit.terms)]);
    for (const terms of product(weaker).slice(0, TRIES)) await add(terms, 0.5);
  }
  const unknown = units.filter((unit) => unit.near);
  if (unknown.length && !(await holds(hits, asked))) {
    hits.clear();
    for (const unit of unknown) unit.terms = unit.near;
    for (const terms of product(units.map((unit) => unit.terms)).slice(0, TRIES)) await add(terms);
  } else asked.corrected = null;
  const last = units[units.length - 1];
  if (hits.size < 5 && last?.begun) {
    const others = units.slice(0, -1).map((unit) => unit.terms[0]);
    await add([...others, last.begun], 0.5);
    last.terms = [...last.terms, last.begun];
  }
  if (!hits.size) {
    for (const unit of units) {
      if (!unit.parts) for (const term of [...unit.terms, ...unit.weak]) await add([term], 0.5);
      else await add(unit.parts, 0.3);
    }
  }
  return [...hits.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

// Whether the best hits really hold the unknown words (Pagefind also gives pages that hold some words only).
async function holds(hits, asked) {
  const best = [...hits.values()].sort((a, b) => b.score - a.score).slice(0, 3);
  for (const hit of best) {
    const record = sections(await hit.data());
    const all = new Set(record.flatMap((section) => [...section.tokens, ...section.words]));
    if (asked.units.every((unit) => !unit.near || unit.terms.some((term) => answers(term, all)))) return true;
  }
  return false;
}

const MARK = /x[qdi]$/;

// Whether a text (its marks and words) holds a term: a mark as it is, a word by its beginning.
const answers = (term, all) => {
  if (all.has(term)) return true;
  if (MARK.test(term)) return false;
  for (const word of all) if (word.startsWith(term) && !MARK.test(word)) return true;
  return false;
};

// How far a text answers a part of the question: wholly, by the root alone, or not.
const answered = (unit, all) =>
  unit.terms.some((term) => answers(term, all)) ? 1 : unit.weak.some((term) => answers(term, all)) ? 0.6 : 0;
const total = (units, all) => units.reduce((sum, unit) => sum + answered(unit, all), 0);

function product(lists) {
  return lists.reduce((all, list) => all.flatMap((one) => list.map((term) => [...one, term])), [[]]);
}

// A record of Pagefind cut at its anchors; tokens parted from the text that is shown.
function sections(record) {
  const pieces = record.content.split(/\s+/);
  const anchors = [...record.anchors].sort((a, b) => a.location - b.location);
  const cuts = [{ location: 0, id: "", text: "" }, ...anchors.filter((anchor) => /^h[2-6]$/.test(anchor.element))];
  const list = cuts.map((cut, i) => {
    const own = pieces.slice(cut.location, cuts[i + 1]?.location);
    const tokens = new Set();
    const text = [];
    for (const piece of own) {
      const bare = piece.replace(/\.$/, "");
      if (/^[a-z0-9]+x[qdi]$/.test(bare)) tokens.add(bare);
      else text.push(piece);
    }
    const heading = cut.text || record.meta.title;
    const length = heading.split(/\s+/).length;
    const shown = text.slice(length).join(" ").replace(/^\.\s*/, "");
    return { id: cut.id, heading, tokens, shown, words: new Set(split(text.join(" "))) };
  });
  const title = split(record.meta.title);
  return Object.assign(list, { title: record.meta.title, titleWords: title, url: record.raw_url ?? record.url });
}

const STEP = /^(alur-\d+-)?langkah-\d+$/;

// How much of the question the beginning of a section answers (what is done in a step, before its details).
function first(section, units, vocabulary) {
  section.opening ??= new Set(split(section.shown.split(" · ")[0]).flatMap((word) => marksOf(word, vocabulary)));
  return total(units, section.opening) / units.length;
}

function rank(record, score, asked, vocabulary) {
  const { units } = asked;
  const titled = new Set(record.titleWords.flatMap((word) => marksOf(word, vocabulary)));
  for (let at = 0; at < record.titleWords.length; at++) {
    for (const token of phraseAt(record.titleWords, at, vocabulary)?.[1] || []) titled.add(token + TOKEN);
  }
  const inTitle = total(units, titled);
  const everywhere = new Set(record.flatMap((section) => [...section.tokens, ...section.words]));
  const matched = total(units, everywhere);
  let best = record[0];
  let most = 0;
  let closest = 0;
  for (const section of record) {
    const here = total(units, new Set([...section.tokens, ...section.words]));
    const shown = here > 0 ? here + (STEP.test(section.id) ? 0.05 : 0) + 0.1 * first(section, units, vocabulary) : 0;
    if (shown > closest) {
      closest = shown;
      best = section;
    }
    most = Math.max(most, here);
  }
  const initials = asked.initials && everywhere.has(asked.initials) ? units.length : 0;
  const share = Math.max(most, inTitle, initials) / units.length;
  const whole = Math.max(matched, initials) / units.length;
  const sop = /(^|\/)sop\/[^/]+\/$/.test(record.url);
  const place = sop ? 0.3 : inTitle === units.length ? 0 : -0.6;
  const rank = whole + share + 0.4 * (inTitle / units.length) + 0.5 * score + place;
  return { record, best: inTitle === units.length ? record[0] : best, rank, matched: Math.max(matched, initials) };
}

function show({ record, best }, asked, vocabulary, site) {
  const url = record.url.replace(/^\//, "");
  return {
    title: record.title,
    url: site + url + (best.id ? `#${best.id}` : ""),
    section: best.id ? best.heading : "",
    heading: excerpt(best.id ? best.heading : "", asked, vocabulary, 99),
    titleMarked: excerpt(record.title, asked, vocabulary, 99),
    excerpt: excerpt(best.shown, asked, vocabulary, WORDS),
  };
}

// The words around the first answers, as [text, marked] pairs.
export function excerpt(text, asked, vocabulary, length) {
  const pieces = text.split(/\s+/).filter(Boolean);
  const terms = new Set(asked.units.flatMap((unit) => [...unit.terms, ...unit.weak]));
  const flat = pieces.map((piece) => split(piece));
  const marked = flat.map((words) =>
    words.some(
      (word) =>
        marksOf(word, vocabulary).some((mark) => terms.has(mark)) ||
        [...terms].some((term) => !MARK.test(term) && term.length > 1 && word.startsWith(term)),
    ),
  );
  flat.forEach((words, at) => {
    if (!words.length) return;
    const joined = flat.slice(at, at + 9).flat();
    const phrase = phraseAt(joined, 0, vocabulary);
    if (!phrase || !phrase[1].some((token) => terms.has(token + TOKEN))) return;
    for (let i = at, left = phrase[0]; i < flat.length && left > 0; left -= flat[i].length, i++) marked[i] = true;
  });
  const first = Math.max(0, marked.indexOf(true) - 6);
  const start = pieces.length <= length ? 0 : Math.min(first, pieces.length - length);
  const parts = [];
  const push = (piece, mark) => {
    const last = parts[parts.length - 1];
    if (last && last[1] === mark) last[0] += piece;
    else parts.push([piece, mark]);
  };
  if (start > 0) push("… ", false);
  pieces.slice(start, start + length).forEach((piece, i) => {
    if (i) push(" ", marked[start + i] && marked[start + i - 1]);
    push(piece, marked[start + i]);
  });
  if (start + length < pieces.length) push(" …", false);
  return parts;
}

// The records that have all values asked for, by their numbers (places in the order of titles).
async function filter(data, wanted, load) {
  const lists = await Promise.all(
    wanted.map(async ([name, value]) => {
      const values = data.faset[name] ?? [];
      if (!values.includes(value)) return [];
      const apart = (await load(`${data.folder}/${name}.json`))[values.indexOf(value)].split(" ");
      let number = 0;
      return apart.map((step) => (number += parseInt(step, 36)));
    }),
  );
  const numbers = lists.reduce((some, more) => {
    const held = new Set(more);
    return some.filter((number) => held.has(number));
  });
  const length = data.huruf;
  const names = new Set(numbers.map((number) => data.nama.slice(number * length, (number + 1) * length)));
  return { data, numbers, has: (id) => names.has(id.slice(0, length)) };
}

async function listed({ data, numbers }, site, load) {
  const shown = numbers.slice(0, LISTED);
  const results = await Promise.all(
    shown.map(async (number) => {
      const block = await load(`${data.folder}/${Math.floor(number / data.isi)}.json`);
      const [url, title] = block[number % data.isi];
      return { title, url: site + url, section: "", heading: [], titleMarked: [[title, false]], excerpt: [] };
    }),
  );
  return { results, total: numbers.length };
}
