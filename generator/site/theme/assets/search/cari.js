// The search box: in the page where that has a place for it, else in the header. Loads nothing before it is used;
// without it a link to the list of SOPs stands there, or a plain field.
(() => {
  const home = document.querySelector("main [data-cari]") ?? document.querySelector("[data-cari]");
  if (!home) return;
  const address = new URL(home.dataset.cari, document.baseURI).href;
  const instead = home.querySelector("a, form");
  const list = instead.href ?? instead.action;
  const script = document.currentScript.src;
  const labels = {
    instansi: "Instansi", unit: "Unit", pelaksana: "Pelaksana", hukum: "Dasar hukum", status: "Status", lama: "Lama",
    klasifikasi: "Klasifikasi",
  };
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const input = make("input", {
    id: "cari-isian", class: "cari-isian", type: "search", role: "combobox", placeholder: "Cari SOP atau langkah",
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "cari-hasil", "aria-keyshortcuts": "/",
  });
  const label = make("label", { class: "hanya-pembaca-layar", for: "cari-isian" }, "Cari SOP atau langkah");
  const shut = make("button", { class: "cari-tutup", type: "button", "aria-label": "Tutup pencarian" }, "×");
  const form = make("form", { class: "cari-formulir", role: "search", action: list }, label, input, shut);
  const choices = make("div", { class: "cari-pilihan" });
  const narrow = make("details", { class: "cari-saring" }, make("summary", {}, "Saring"), choices);
  const state = make("p", { class: "cari-keadaan", role: "status" });
  const found = make("div", { id: "cari-hasil", class: "cari-hasil", role: "listbox", "aria-label": "Hasil pencarian" });
  const panel = make("div", { class: "cari-panel" }, narrow, state, found);
  const opener = make("button", { class: "cari-buka", type: "button", "aria-label": "Cari", "aria-expanded": "false" });
  panel.hidden = true;
  found.hidden = true;
  home.replaceChildren(opener, form, panel);
  home.classList.add("cari--siap");

  let engine = null;
  let asked = 0;
  let wait = 0;
  let active = -1;
  let chosen = {};
  const options = () => [...found.querySelectorAll("[role=option]")];
  const run = (name) =>
    new Promise((resolve, reject) => {
      const part = make("script", { src: new URL(name, script).href });
      part.onload = resolve;
      part.onerror = () => reject(new Error(name));
      document.head.append(part);
    });
  if (location.protocol === "file:") run("folder.js").catch(() => {});
  const load = () =>
    (engine ??= (async () => {
      for (const name of ["kata.js", "berkas.js", "tanya.js", "mesin.js"]) await run(name);
      return sopCari.open(address);
    })());

  const show = (open) => {
    panel.hidden = !open;
    home.classList.toggle("cari--terbuka", open);
    opener.setAttribute("aria-expanded", String(open));
    input.setAttribute("aria-expanded", String(open && !found.hidden));
    if (!open) mark(-1);
  };
  const mark = (at) => {
    const all = options();
    all[active]?.setAttribute("aria-selected", "false");
    active = all.length ? (at + all.length + 1) % (all.length + 1) : -1;
    if (at < 0 || active === all.length) active = at < 0 && at !== -1 ? all.length - 1 : -1;
    const option = all[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const step = (by) => {
    const all = options().length;
    if (!all) return;
    const next = active + by;
    mark(next >= all ? -1 : next < -1 ? all - 1 : next);
  };

  const marked = (parts) => parts.map(([text, mark]) => (mark ? make("mark", {}, text) : text));
  const option = (result, at) => {
    const item = make("a", { id: `cari-${at}`, role: "option", "aria-selected": "false", tabindex: "-1", href: result.url });
    item.append(make("span", { class: "cari-judul" }, ...marked(result.title)));
    if (result.near && result.without.length) {
      item.append(make("span", { class: "cari-tanda" }, `Tanpa ${quoted(result.without)}`));
    }
    if (result.marks.length) item.append(make("span", { class: "cari-tanda" }, result.marks.join(" · ")));
    if (result.excerpt.length) {
      const heading = result.heading ? [make("b", { class: "cari-bagian" }, `${result.heading}. `)] : [];
      item.append(make("span", { class: "cari-kutipan" }, ...heading, ...marked(result.excerpt)));
    }
    return item;
  };
  const quoted = (words) => words.map((word) => `“${word}”`).join(", ");
  const BEST = "Paling cocok";
  const named = (result) => {
    if (!result.sop) return "Halaman lain";
    if (result.near) return BEST;
    return result.without.length ? `Tanpa ${quoted(result.without)}` : "Juga cocok dengan semua kata";
  };
  const say = (...text) => state.replaceChildren(...text);
  // Results that leave out the same words stand under one heading, which says so.
  const fill = (results) => {
    active = -1;
    input.removeAttribute("aria-activedescendant");
    const groups = [];
    results.forEach((result, at) => {
      const name = named(result);
      if (groups.at(-1)?.name !== name) groups.push({ name, items: [] });
      groups.at(-1).items.push(option(result, at));
    });
    const plain = groups.length === 1 && groups[0].name === BEST;
    found.replaceChildren(
      ...groups.map(({ name, items }) => {
        const group = make("div", { role: "group", "aria-label": name });
        if (!plain) group.append(make("p", { class: "cari-kelompok", "aria-hidden": "true" }, name));
        group.append(...items);
        return group;
      }),
    );
    found.hidden = !results.length;
    input.setAttribute("aria-expanded", String(!panel.hidden && results.length > 0));
  };

  const again = (words) => {
    const button = make("button", { type: "button", class: "cari-lagi" }, `“${words}”`);
    button.addEventListener("click", () => {
      input.value = words;
      input.focus();
      search();
    });
    return button;
  };
  const link = (where, text) => make("a", { href: new URL(where, new URL("..", address)).href }, text);
  // What is said of what was found; where nothing was, ways on: in a portal the search of all agencies too.
  const told = ({ results, full, part, unknown, corrected, suggested }) => {
    const lines = [];
    if (full) lines.push(`${full} SOP cocok${part ? ` dengan semua kata, ${part} dengan sebagian` : ""}.`);
    else if (part) lines.push(`Tidak ada SOP yang cocok dengan semua kata; ${part} dengan sebagian.`);
    else if (results.length) lines.push("Tidak ada SOP yang cocok; ada pada halaman lain.");
    else lines.push("Tidak ada hasil.");
    const unread = corrected.map(([wrong, right]) => `“${wrong}” tidak dikenal, dibaca sebagai “${right}”.`);
    if (unknown.length) unread.push(`Tidak ada di situs ini: ${quoted(unknown)}.`);
    const parts = [[...lines, ...unread].join(" ")];
    if (suggested && !full) parts.push(" Maksud Anda ", again(suggested), "?");
    if (!results.length) {
      const others = "hanyaDaftar" in home.dataset ? [make("a", { href: list }, "daftar SOP")] : [
        link("sop/", "daftar SOP"), ", ", link("pelaksana/", "SOP menurut pelaksana"), ", ",
        link("hukum/", "SOP menurut dasar hukum"),
      ];
      const above = document.querySelector("a.kop-atas");
      if (above && input.value.trim()) {
        const all = new URL(above.href);
        all.searchParams.set("cari", input.value.trim());
        others.unshift(make("a", { href: all.href }, "cari di semua instansi"), ", ");
      }
      parts.push(make("span", { class: "cari-jalan" }, "Cara lain: ", ...others, "."));
    }
    return parts;
  };

  const search = async () => {
    const turn = ++asked;
    const question = input.value;
    if (!question.trim() && !Object.values(chosen).some(Boolean)) {
      fill([]);
      say("Ketik kata yang dicari: nama SOP, langkah, pelaksana, atau dasar hukum.");
      return;
    }
    try {
      const answer = await (await load()).search(question, chosen);
      if (turn !== asked) return;
      fill(answer.results);
      say(...told(answer));
    } catch (error) {
      if (turn !== asked) return;
      engine = null;
      fill([]);
      say("Pencarian tidak dapat dimuat. Buka ", make("a", { href: list }, "daftar SOP"), ".");
      console.error(error);
    }
  };

  const offer = async () => {
    if (choices.children.length) return;
    for (const [name, [, values]] of Object.entries(await (await load()).facets())) {
      const select = make("select", { id: `cari-${name}` }, make("option", { value: "" }, "Semua"));
      select.append(...values.map((value) => make("option", { value }, value)));
      select.addEventListener("change", () => {
        chosen = { ...chosen, [name]: select.value };
        const used = Object.values(chosen).filter(Boolean).length;
        narrow.firstChild.textContent = used ? `Saring (${used})` : "Saring";
        search();
      });
      choices.append(make("div", {}, make("label", { for: `cari-${name}` }, labels[name] ?? name), select));
    }
    if (!choices.children.length) choices.append("Belum ada yang dapat disaring.");
  };

  const start = () => {
    show(true);
    search();
    load().catch(() => {});
  };
  // The way back from a result leads to the results again: their words stay with this page in the history.
  const keep = (words) => history.replaceState({ ...history.state, cari: words }, "");
  const close = () => {
    clearTimeout(wait);
    show(false);
    if (history.state?.cari) keep("");
  };
  const leave = () => {
    (opener.offsetParent ? opener : input).focus({ preventScroll: true });
    close();
  };
  const resume = () => {
    const words = history.state?.cari;
    if (!words) return;
    input.value = words;
    start();
  };
  input.addEventListener("focus", start);
  input.addEventListener("click", () => panel.hidden && start());
  input.addEventListener("input", () => {
    if (panel.hidden) show(true);
    clearTimeout(wait);
    wait = setTimeout(search, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) start();
      else step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(wait);
    if (active < 0) await search();
    (options()[active] ?? options()[0])?.click();
  });
  home.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    if (input.value && event.target === input) {
      input.value = "";
      search();
      return;
    }
    close();
    leave();
  });
  home.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !home.contains(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => !home.contains(event.target) && !panel.hidden && close());
  found.addEventListener("click", () => {
    keep(input.value);
    setTimeout(() => show(false));
  });
  addEventListener("popstate", resume);
  addEventListener("pageshow", resume);
  narrow.addEventListener("toggle", () => narrow.open && offer().catch(() => {}));
  shut.addEventListener("click", () => {
    input.value = "";
    close();
    leave();
  });
  opener.addEventListener("click", () => {
    show(true);
    input.focus();
  });
  document.addEventListener("click", (event) => event.target.closest?.("[data-cari-buka]") && opener.click());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    show(true);
    input.focus();
    input.select();
  });
  const wanted = new URLSearchParams(location.search).get("cari");
  if (wanted) {
    input.value = wanted;
    show(true);
    input.focus();
  }
})();
