// The bundle of a site, file by file: scripts that hand over one value each (generator/search/lookups.py). Run as
// scripts and not fetched, as pages that are opened from a folder (file:) can only do that.
(() => {
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Uint8Array(128);
  [...ALPHABET].forEach((letter, value) => (VALUE[letter.charCodeAt(0)] = value));
  const BASE = 32;
  const K1 = 1.2; // of BM25
  // How much a term counts on a page by the letter of its weight (postings.py: 4 steps double, the 12th is 1).
  const SATURATED = Float64Array.from({ length: BASE }, (_, step) => {
    const weight = 2 ** ((step - 12) / 4);
    return (weight * (K1 + 1)) / (weight + K1);
  });

  const given = new Map();
  const asked = new Map();
  const terima = (name, value) => given.set(name, value);

  function load(address, name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${address}${name}.js`;
        script.charset = "utf-8";
        script.onload = () => (script.remove(), given.has(name) ? resolve(given.get(name)) : reject(new Error(name)));
        script.onerror = () => (script.remove(), asked.delete(name), reject(new Error(`${name}.js`)));
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  // Numbers that rise, each told by how far it is from the one before.
  function rising(told) {
    const numbers = [];
    let number = 0;
    for (let at = 0; at < told.length; ) {
      let value = 0;
      let scale = 1;
      let digit = VALUE[told.charCodeAt(at++)];
      for (; digit >= BASE; digit = VALUE[told.charCodeAt(at++)]) (value += (digit - BASE) * scale), (scale *= BASE);
      number += value + digit * scale;
      numbers.push(number);
    }
    return numbers;
  }

  // Who holds a term: numbers of pages, and how much it counts there.
  function decoded(count, told) {
    const pages = new Uint32Array(count);
    const counts = new Float32Array(count);
    let at = 0;
    let page = 0;
    for (let i = 0; i < count; i++) {
      let scale = 1;
      let digit = VALUE[told.charCodeAt(at++)];
      for (; digit >= BASE; digit = VALUE[told.charCodeAt(at++)]) (page += (digit - BASE) * scale), (scale *= BASE);
      page += digit * scale;
      pages[i] = page;
      counts[i] = SATURATED[VALUE[told.charCodeAt(at++)]];
    }
    return { pages, counts };
  }

  async function open(address) {
    const head = await load(address, "indeks");
    const firsts = head.istilah.map(([first]) => first);
    const starts = [];
    const total = head.halaman.reduce((sum, [size]) => (starts.push(sum), sum + size), 0);
    const pieces = new Map();
    const lists = new Map();

    // The last of the sorted `list` that is not after `value`.
    const place = (list, value) => {
      let low = 0;
      let high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (list[middle] <= value) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    };

    async function piece(name) {
      if (!pieces.has(name)) {
        const words = (await load(address, name)).split(" ");
        const held = new Map();
        for (let at = 0; at < words.length; at += 3) held.set(words[at], [Number(words[at + 1]), words[at + 2]]);
        pieces.set(name, held);
      }
      return pieces.get(name);
    }

    // The postings of a term, with what it weighs for its rarity; null where no page holds it.
    async function postings(term) {
      if (!lists.has(term)) {
        const at = place(firsts, term);
        const found = at < 0 ? undefined : (await piece(head.istilah[at][1])).get(term);
        const rarity = found && Math.log(1 + (total - found[0] + 0.5) / (found[0] + 0.5));
        lists.set(term, found ? { term, rarity, ...decoded(...found) } : null);
      }
      return lists.get(term);
    }

    // What a page is listed by: address, title, marks, and where its text is.
    async function page(number) {
      const run = place(starts, number);
      const [url, title, marks, text] = (await load(address, head.halaman[run][1]))[number - starts[run]];
      return { url, title, marks, text: () => load(address, `kutipan/${text}`) };
    }

    // Words of the dictionary that begin with a letter: word → first letters of the prefixes that it can bear.
    const letters = new Map();
    async function dictionary(letter) {
      if (!letters.has(letter)) {
        const [words, prefixes] = await load(address, head.kamus[letter]);
        const list = prefixes.split(" ");
        letters.set(letter, new Map([...globalThis.sopCari.frontDecoded(words)].map((word, at) => [word, list[at]])));
      }
      return letters.get(letter);
    }

    const facets = () => load(address, head.saring);
    const facet = async (name) => (await load(address, name)).map(rising);
    return { head, total, postings, page, dictionary, facets, facet };
  }

  globalThis.sopCari = { ...globalThis.sopCari, terima, openIndex: open };
})();
