// Question → units: the parts of a question, each with the terms that answer it and how well.
(() => {
  const { split, stems, derivations, respelled, spoken, nearest, frontDecoded } = globalThis.sopCari;
  const MOST = 15; // units of a question that are asked for
  const BEGUN = 8; // words that a beginning is taken for
  const PART = 0.5; // what the words of an expression weigh apart
  const EVERYDAY = 0.7; // what an official word weighs for an everyday one, the closest first
  const FURTHER = 0.9; // and each that follows it, of the one before
  const BEGINNING = 0.6;
  const ROMAN = ["", ..."i ii iii iv v vi vii viii ix x xi xii".split(" ")];
  const LAW = /^(uu|pp|pmk|se|no|nomor|nomer|tahun|per[a-z]+|kep[a-z]+|undang)$/;

  function vocabulary(head) {
    const phrases = new Map();
    const add = (first, entry) => phrases.set(first, [...(phrases.get(first) ?? []), entry]);
    const everyday = new Map();
    for (const [text, ...tokens] of head.frasa) {
      const words = text.split(" ");
      add(words[0], { words, alts: tokens.map((token) => ({ terms: [token], weight: 1 })), official: true });
    }
    for (const [text, meant] of head.sehari) {
      const words = text.split(" ");
      const alts = meant.map((terms, at) => ({ terms, weight: EVERYDAY * FURTHER ** at }));
      if (words.length > 1) add(words[0], { words, alts, official: false });
      else everyday.set(text, alts);
    }
    for (const list of phrases.values()) list.sort((a, b) => b.words.length - a.words.length || b.official - a.official);
    const known = frontDecoded(head.akar);
    return {
      known,
      sorted: [...known],
      more: frontDecoded(head.kenal),
      meanings: new Map(Object.entries(head.arti)),
      phrases,
      everyday,
      ignored: new Set(head.abaikan.split(" ")),
      bases: new Map(),
    };
  }

  const unclitic = (word) => word.replace(/nya$/, "");

  const meaning = (word, words) => [word, unclitic(word)].find((one) => words.meanings.has(one));

  // The root of a word, as far as the site or an everyday expression knows it.
  function baseOf(word, words) {
    if (!words.bases.has(word)) {
      const all = stems(word);
      const own = words.more.has(word) ? word : all.find((stem) => words.known.has(stem));
      words.bases.set(word, own ?? all.find((stem) => words.more.has(stem)));
    }
    return words.bases.get(word);
  }

  // Terms of a word by its root and meaning; none where the site does not know it.
  function tokensOf(word, words) {
    const base = meaning(word, words) ?? baseOf(word, words);
    return base === undefined ? [] : words.meanings.get(base) || [base];
  }

  // All that an expression may name a word by.
  const keysOf = (word, words) => [unclitic(word), baseOf(word, words) ?? word, ...tokensOf(word, words)];

  function phraseAt(asked, at, words) {
    for (const first of new Set(keysOf(asked[at], words))) {
      for (const phrase of words.phrases.get(first) ?? []) {
        const stands = phrase.words.every((one, i) => at + i < asked.length && keysOf(asked[at + i], words).includes(one));
        if (stands) return phrase;
      }
    }
    return null;
  }

  const alt = (terms, weight) => ({ terms, weight });
  const whole = (word, words, weight) => tokensOf(word, words).map((token) => alt([token], weight));

  // What answers a word: its own terms, official words for it, or what a spoken or otherwise spelled form gives.
  function wordAlts(word, words) {
    const found = whole(word, words, 1);
    const held = meaning(word, words) !== undefined || words.known.has(baseOf(word, words));
    const forms = held ? [] : [...spoken(word)];
    const form = forms.find((one) => tokensOf(one, words).length);
    if (form) found.push(...whole(form, words, 0.9));
    const keys = new Set([word, ...keysOf(word, words), ...(form ? keysOf(form, words) : [])]);
    for (const key of keys) found.push(...(words.everyday.get(key) ?? []));
    return found;
  }

  // "rumahtangga" for "rumah tangga", and the other way round.
  function joined(asked, at, words) {
    const found = [];
    for (const [from, other] of [[at, at + 1], [at - 1, at]]) {
      const both = from >= 0 && other < asked.length ? asked[from] + asked[other] : "";
      if (both && words.known.has(both)) found.push(alt([both], 1));
    }
    return found;
  }

  function parted(word, words) {
    for (let at = 3; at <= word.length - 3; at++) {
      const [one, other] = [word.slice(0, at), word.slice(at)];
      const both = [one, other].map((part) => (words.known.has(part) || part.length > 4 ? tokensOf(part, words) : []));
      if (both.every((tokens) => tokens.length)) return [alt(both.map(([token]) => token), 0.9)];
    }
    return [];
  }

  // Words of the site that begin as the word that is being typed does, or as what is left of it without its prefix.
  function begun(word, words) {
    const found = new Set();
    for (const stem of stems(word)) {
      if (stem.length < (stem === word ? 2 : 4)) continue;
      let low = 0;
      let high = words.sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (words.sorted[middle] < stem) low = middle + 1;
        else high = middle;
      }
      for (; low < words.sorted.length && words.sorted[low].startsWith(stem) && found.size < BEGUN; low++) found.add(words.sorted[low]);
    }
    return [...found].flatMap((one) => whole(one, words, BEGINNING));
  }

  function numberAlts(asked, at) {
    const law = LAW.test(asked[at - 1] ?? "") || asked[at + 1] === "tahun" || /^(19|20)\d\d$/.test(asked[at + 1] ?? "");
    return law ? [alt([`#${asked[at]}`], 1.5), alt([asked[at]], 0.7)] : [alt([`${asked[at]}^`], 1), alt([asked[at]], 1)];
  }

  // The units of a question: {said, parts, alts}. `typing`: the last word may go on.
  function understand(question, words) {
    const asked = split(question);
    const kept = asked.filter((word) => !words.ignored.has(word));
    const typing = /[\p{L}\p{N}]$/u.test(question);
    const units = [];
    for (let at = 0; at < asked.length && units.length < MOST; at++) {
      const phrase = phraseAt(asked, at, words);
      if (phrase) {
        const parts = asked.slice(at, at + phrase.words.length);
        const own = parts.filter((word) => !words.ignored.has(word)).map((word) => tokensOf(word, words));
        const apart = own.length && own.every((tokens) => tokens.length) ? [alt(own.map((tokens) => tokens[0]), phrase.official ? PART : 1)] : [];
        units.push({ said: parts.join(" "), parts, alts: [...phrase.alts, ...apart] });
        at += parts.length - 1;
        continue;
      }
      const word = asked[at];
      if (kept.length && words.ignored.has(word)) continue;
      const last = typing && at === asked.length - 1;
      let alts = /^\d+$/.test(word) ? numberAlts(asked, at) : [...wordAlts(word, words), ...joined(asked, at, words)];
      if (at && ROMAN.includes(word)) alts.push(alt([`${ROMAN.indexOf(word)}^`], 1));
      if (!alts.length) alts = [...parted(word, words), ...(/^[a-z]{3,7}$/.test(word) ? [alt([`${word}^`], 1)] : [])];
      if (!alts.some((one) => one.weight >= 0.9 && !one.terms[0].endsWith("^")) && last) alts.push(...begun(word, words));
      const same = units.find((unit) => unit.said === word);
      if (!same) units.push({ said: word, parts: [word], alts, word });
    }
    return units;
  }

  // Whether the dictionary knows a word, and its prefix with its root.
  async function isWord(word, dictionary) {
    for (const [, rest, outer] of derivations(word)) {
      if (!/^[a-z]/.test(rest)) continue;
      const prefixes = (await dictionary(rest[0])).get(rest);
      if (prefixes === undefined) continue;
      if (!outer || prefixes.includes(outer[0].toUpperCase()) || (outer === "pe" && prefixes.includes("R"))) return true;
    }
    return false;
  }

  // What an unknown word is taken for: {alts} by its spelling, {alts, corrected} for a misprint, {suggested} where it is
  // a word that only this site does not have.
  async function unknown(word, words, dictionary) {
    if (!/^[a-z]+$/.test(word)) return {};
    const known = await isWord(word, dictionary);
    const spelled = respelled(word, words.known);
    if (spelled && !known) return { alts: whole(spelled, words, 1) };
    const near = nearest(word, words.known);
    if (!near) return {};
    return known ? { suggested: near } : { alts: whole(near, words, 1), corrected: near };
  }

  globalThis.sopCari = { ...globalThis.sopCari, vocabulary, tokensOf, keysOf, understand, isWord, unknown };
})();
