// Question → results that lead to the step that answers. search(question, facets) → {results, full, part, unknown,
// corrected, suggested}; a result is {title, url, marks, sop, near, without: [words left out], heading, excerpt}, texts as
// [[text, marked]…].
(() => {
  const { openIndex, split, tokensOf, keysOf, vocabulary, understand, unknown } = globalThis.sopCari;
  const SHOWN = 10; // SOPs that are shown
  const PAGES = 4; // other pages that are shown
  const LISTED = 100; // pages listed where nothing but facets is asked
  const WORDS = 26; // length of an excerpt
  const BREAK = " · ";
  const UNITS = 15; // of a question, at most (tanya.js)
  const LIGHT = 0.4; // share of a question, by the rarity of its words, that makes a hit one of the best
  const NEARLY = 0.5; // of the best score
  const CLOSE = 0.4; // what a name gains in which the words stand together as they were asked
  const APART = 3; // words that may stand from one to the next
  const STEP = /^(alur-\d+-)?langkah-\d+$/;

  async function open(address) {
    const index = await openIndex(address);
    const words = vocabulary(index.head);
    const site = new URL("..", address).href;
    return {
      facets: index.facets,
      async search(question, chosen = {}) {
        const wanted = Object.entries(chosen).filter(([, value]) => value !== "");
        const allowed = wanted.length ? await filter(index, wanted) : null;
        if (!split(question).length) return allowed ? listed(index, allowed, site) : empty();
        const asked = await ask(question, index, words);
        const { found, others, full, part } = rank(asked.units, index, allowed);
        const mark = marker(asked.units, words);
        const results = await Promise.all(
          [...grouped(await drawnTogether(found, asked.units.length, mark, index)), ...others].map((hit) => show(hit, asked.units, mark, index, site)),
        );
        return { ...empty(), ...asked, results, full, part };
      },
    };
  }

  const empty = () => ({ results: [], full: 0, part: 0, unknown: [], corrected: [], suggested: null });

  // The units of a question with their postings; what no page holds is told apart.
  async function ask(question, index, words) {
    const units = understand(question, words);
    await Promise.all(units.map((unit) => fetchUnit(unit, index)));
    const told = { units: [], unknown: [], corrected: [], suggested: null };
    for (const unit of units) {
      if (!unit.lists.length && unit.word) {
        const { alts, corrected, suggested } = await unknown(unit.word, words, index.dictionary);
        if (alts) {
          unit.alts = alts;
          await fetchUnit(unit, index);
          if (corrected && unit.lists.length) told.corrected.push([unit.word, corrected]);
        }
        if (suggested && told.suggested === null) told.suggested = question.toLowerCase().replace(unit.word, suggested);
      }
      if (unit.lists.length) told.units.push(unit);
      else told.unknown.push(unit.said);
    }
    return told;
  }

  async function fetchUnit(unit, index) {
    const lists = await Promise.all(
      unit.alts.map(async ({ terms, weight }) => {
        const all = await Promise.all(terms.map(index.postings));
        return all.every(Boolean) ? { weight, all } : null;
      }),
    );
    unit.lists = lists.filter(Boolean);
  }

  // How well each page answers a unit: the best of its alternatives; of several terms together their mean, where the
  // page holds all.
  function answers(unit, total) {
    const best = new Float32Array(total);
    for (const { weight, all } of unit.lists) {
      if (all.length === 1) {
        const [{ pages, counts, rarity }] = all;
        const scale = weight * rarity;
        for (let i = 0; i < pages.length; i++) if (scale * counts[i] > best[pages[i]]) best[pages[i]] = scale * counts[i];
        continue;
      }
      const held = new Uint8Array(total);
      const sum = new Float32Array(total);
      for (const { pages, counts, rarity } of all) {
        for (let i = 0; i < pages.length; i++) held[pages[i]]++, (sum[pages[i]] += rarity * counts[i]);
      }
      const scale = weight / Math.sqrt(all.length);
      for (let i = 0; i < total; i++) if (held[i] === all.length && scale * sum[i] > best[i]) best[i] = scale * sum[i];
    }
    return best;
  }

  function rank(units, index, allowed) {
    const { total } = index;
    const [begin, end] = index.head.sop;
    const score = new Float64Array(total);
    const share = new Float64Array(total);
    const missing = new Uint32Array(total);
    let whole = 0;
    units.forEach((unit, at) => {
      const good = answers(unit, total);
      let count = 0;
      for (let i = 0; i < total; i++) if (good[i] > 0) count++;
      const rarity = Math.log(1 + (total - count + 0.5) / (count + 0.5));
      unit.rarity = rarity;
      whole += rarity;
      for (let i = 0; i < total; i++) {
        if (good[i] > 0) (score[i] += good[i]), (share[i] += rarity);
        else missing[i] |= 1 << at;
      }
    });
    const found = best(SHOWN);
    const others = best(PAGES);
    let [full, part] = [0, 0];
    for (let i = 0; i < total; i++) {
      if (!score[i] || (allowed && !allowed.has(i))) continue;
      const rank = Math.round(1e6 * score[i] * Math.sqrt(share[i] / whole));
      if (i >= begin && i < end) {
        found.add(i, rank);
        if (missing[i]) part++;
        else full++;
      } else if (!missing[i]) others.add(i, rank);
    }
    const hits = (list, sop) => list.map(([page, score]) => ({ page, sop, missing: missing[page], score, share: share[page] / whole }));
    return { found: hits(found.list, true), others: hits(others.list, false), full, part };
  }

  // The best of many, the first of equals first.
  function best(most) {
    const list = [];
    return {
      list,
      add(page, score) {
        if (list.length === most && score <= list[most - 1][1]) return;
        let at = list.length;
        while (at > 0 && list[at - 1][1] < score) at--;
        list.splice(at, 0, [page, score]);
        if (list.length > most) list.pop();
      },
    };
  }

  // Hits by their score, more where the words of the question follow one another in the name: "sampai 50 juta" is
  // no "di atas 50 juta sampai 200 juta".
  async function drawnTogether(hits, units, mark, index) {
    const pairs = Math.max(1, units - 1);
    const close = await Promise.all(
      hits.map(async ({ page }) => {
        const masks = mark(split((await index.page(page)).title));
        let held = 0;
        for (let i = 0; i < units - 1; i++) {
          const next = (mask, at) => (mask >> i) & 1 && masks.slice(at + 1, at + 1 + APART).some((other) => (other >> (i + 1)) & 1);
          if (masks.some(next)) held++;
        }
        return held / pairs;
      }),
    );
    const drawn = hits.map((hit, at) => ({ ...hit, score: hit.score * (1 + CLOSE * close[at]) }));
    return drawn.sort((one, other) => other.score - one.score);
  }

  // First the hits that answer all, or miss light words only, in the order of their score; then those that leave out the
  // same words side by side, in the order of the best of them.
  function grouped(hits) {
    const [near, rest] = [[], new Map()];
    for (const hit of hits) {
      if (hit.share >= LIGHT && hit.score >= NEARLY * hits[0].score) near.push(hit);
      else rest.set(hit.missing, [...(rest.get(hit.missing) ?? []), hit]);
    }
    const order = [...near, ...[...rest.values()].flat()];
    return order.map((hit) => ({ ...hit, near: near.includes(hit) }));
  }

  // What says of words which units they answer, as a mask, and from bit UNITS on which by their own words. A word is looked into only where an end of a term is in it.
  function marker(units, words) {
    const termsOf = (least) =>
      units.map(({ lists }) => new Set(lists.filter((one) => one.weight >= least).flatMap(({ all }) => all.map(({ term }) => term.replace(/^#|\^$/, "")))));
    const terms = termsOf(0);
    const own = termsOf(0.9);
    const ends = [...new Set(terms.flatMap((own) => [...own]).map((term) => (term.length > 4 ? term.slice(2) : term.slice(-2))))];
    const phrases = new Map();
    for (const list of words.phrases.values()) {
      for (const phrase of list) {
        const means = (held) => phrase.official && phrase.alts.some((one) => held.has(one.terms[0]));
        const mask = maskOf(terms, means) | (maskOf(own, means) << UNITS);
        if (mask) phrases.set(phrase.words[0], [...(phrases.get(phrase.words[0]) ?? []), { words: phrase.words, mask }]);
      }
    }
    const known = new Map();
    const single = (word) => {
      if (!known.has(word)) {
        const maybe = words.meanings.has(word) || ends.some((end) => word.includes(end));
        const tokens = maybe ? tokensOf(word, words) : [];
        const answers = (held, i) => held.has(word) || units[i].parts.includes(word) || tokens.some((token) => held.has(token));
        known.set(word, maskOf(terms, answers) | (maskOf(own, answers) << UNITS));
      }
      return known.get(word);
    };
    // The masks of all words of a text.
    return (text) => {
      const masks = text.map(single);
      if (phrases.size) {
        text.forEach((word, at) => {
          for (const first of phrases.has(word) ? [word] : []) {
            for (const { words: parts, mask } of phrases.get(first)) {
              if (parts.every((part, i) => part === text[at + i] || (at + i < text.length && keysOf(text[at + i], words).includes(part)))) {
                parts.forEach((_, i) => (masks[at + i] |= mask));
              }
            }
          }
        });
      }
      return masks;
    };
  }

  const maskOf = (terms, holds) => terms.reduce((mask, held, i) => (holds(held, i) ? mask | (1 << i) : mask), 0);
  const union = (masks) => masks.reduce((all, mask) => all | mask, 0);

  async function show(hit, units, mark, index, site) {
    const bit = (mask, i) => (mask >> i) & 1;
    const weight = (mask) => units.reduce((sum, { rarity }, i) => sum + rarity * (bit(mask, i) + 0.5 * bit(mask, UNITS + i)), 0);
    const page = await index.page(hit.page);
    const titled = weight(union(mark(split(page.title))));
    let best = null;
    for (const [anchor, heading, text] of await page.text()) {
      const masks = mark(split(text));
      const done = split(text.split(BREAK, 1)[0]).length;
      const here = weight(union(masks) | union(mark(split(heading))));
      const rank = (here + 0.4 * weight(union(masks.slice(0, done)))) * (STEP.test(anchor) ? 1.6 : 1);
      if (rank > (best ? best.rank : 0)) best = { anchor, heading, text, here, rank };
    }
    const there = best?.anchor && (STEP.test(best.anchor) || !hit.sop) && best.here > 0.5 * titled;
    return {
      title: excerpt(page.title, mark, 99),
      url: `${site}${page.url}${there ? `#${best.anchor}` : ""}`,
      marks: page.marks,
      sop: hit.sop,
      near: hit.near ?? false,
      without: units.filter((_, i) => hit.missing & (1 << i)).map((unit) => unit.said),
      heading: best?.anchor ? best.heading : "",
      excerpt: best ? excerpt(best.text, mark, WORDS) : [],
    };
  }

  // The words around the first answers, as [text, marked] pairs.
  function excerpt(text, mark, length) {
    const pieces = text.split(/\s+/).filter(Boolean);
    const flat = pieces.map(split);
    const masks = mark(flat.flat());
    let at = 0;
    const marked = flat.map((own) => union(masks.slice(at, (at += own.length))) > 0);
    const first = Math.max(0, marked.indexOf(true) - 6);
    const start = pieces.length <= length ? 0 : Math.min(first, pieces.length - length);
    const parts = [];
    const push = (piece, isMarked) => {
      const last = parts[parts.length - 1];
      if (last && last[1] === isMarked) last[0] += piece;
      else parts.push([piece, isMarked]);
    };
    if (start > 0) push("… ", false);
    pieces.slice(start, start + length).forEach((piece, i) => {
      if (i) push(" ", marked[start + i] && marked[start + i - 1]);
      push(piece, marked[start + i]);
    });
    if (start + length < pieces.length) push(" …", false);
    return parts;
  }

  // The numbers of the pages that have all values asked for.
  async function filter(index, wanted) {
    const facets = await index.facets();
    const lists = await Promise.all(
      wanted.map(async ([name, value]) => {
        const [file, values] = facets[name] ?? ["", []];
        return values.includes(value) ? (await index.facet(file))[values.indexOf(value)] : [];
      }),
    );
    return lists.reduce((some, more) => new Set([...some].filter((number) => more.includes(number))), new Set(lists[0]));
  }

  async function listed(index, allowed, site) {
    const [begin, end] = index.head.sop;
    const results = await Promise.all(
      [...allowed].slice(0, LISTED).map(async (number) => {
        const { url, title, marks } = await index.page(number);
        return { title: [[title, false]], url: site + url, marks, sop: number >= begin && number < end, near: true, without: [], heading: "", excerpt: [] };
      }),
    );
    return { ...empty(), results, full: allowed.size };
  }

  globalThis.sopCari = { ...globalThis.sopCari, open };
})();
