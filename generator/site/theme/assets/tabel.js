// The official table in use: arrow keys go along its arrows, it fills the screen with a zoom, its edges fade where it
// goes on. Without it every symbol is a link to its step and the table scrolls under its headings.
(() => {
  "use strict";
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  const watch = (region, table) => {
    const look = () => {
      const over = table && table.offsetWidth > region.clientWidth + 1;
      if (table) region.classList.toggle("muat", !over);
      const x = region.scrollWidth - region.clientWidth;
      region.classList.toggle("ada-kiri", region.scrollLeft > 1);
      region.classList.toggle("ada-kanan", x - region.scrollLeft > 1);
    };
    region.addEventListener("scroll", look, { passive: true });
    const seen = new ResizeObserver(look);
    seen.observe(region);
    seen.observe(region.firstElementChild);
    look();
  };

  // Down: where the arrow leads; up: where it comes from; left and right: the other branches, or who works along.
  const walk = table => {
    const cells = [...table.querySelectorAll("a.alur-ke")];
    if (!cells.length) return;
    const cellOf = new Map();
    cells.forEach(cell => cell.parentElement.querySelectorAll("[data-node]").forEach(node => cellOf.set(node.dataset.node, cell)));
    const place = new Map(cells.map((cell, at) => [cell, at]));
    const ways = { ArrowDown: new Map(), ArrowUp: new Map(), beside: new Map() };
    const link = (map, from, to) => {
      if (!from || !to || from === to) return;
      if (!map.has(from)) map.set(from, []);
      if (!map.get(from).includes(to)) map.get(from).push(to);
    };
    for (const head of table.querySelectorAll("[data-head]")) {
      const [from, to] = head.dataset.head.split(">").map(id => cellOf.get(id));
      link(ways.ArrowDown, from, to);
      link(ways.ArrowUp, to, from);
    }
    for (const joint of table.querySelectorAll("[data-joint]")) {
      const [left, right] = joint.dataset.joint.split(">").map(id => cellOf.get(id));
      link(ways.beside, left, right);
      link(ways.beside, right, left);
    }
    // What goes on in the reading direction comes before what returns, the nearer first.
    const sort = (map, sign) => map.forEach((found, cell) => found.sort((a, b) => {
      const [one, two] = [a, b].map(to => sign * (place.get(to) - place.get(cell)));
      return (one < 0) - (two < 0) || Math.abs(one) - Math.abs(two);
    }));
    sort(ways.ArrowDown, 1);
    sort(ways.ArrowUp, -1);

    let ring = [];
    const go = cell => {
      if (!cell) return;
      cells.forEach(one => { one.tabIndex = one === cell ? 0 : -1; });
      cell.focus();
    };
    cells.forEach((cell, at) => { cell.tabIndex = at ? -1 : 0; });
    table.addEventListener("keydown", event => {
      const cell = event.target.closest("a.alur-ke");
      if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const key = event.key;
      if (key === "ArrowDown" || key === "ArrowUp") {
        ring = ways[key].get(cell) || [];
        go(ring[0]);
      } else if (key === "ArrowLeft" || key === "ArrowRight") {
        const beside = ring.length > 1 && ring.includes(cell) ? ring : [cell, ...(ways.beside.get(cell) || [])];
        go(beside[(beside.indexOf(cell) + (key === "ArrowRight" ? 1 : beside.length - 1)) % beside.length]);
      } else if (key === "Home" || key === "End") {
        go(cells.at(key === "Home" ? 0 : -1));
      } else return;
      event.preventDefault();
    });
  };

  const view = (region, table) => {
    const bar = document.createElement("p");
    bar.className = "langkah-alat tabel-alat";
    const hint = document.createElement("span");
    hint.className = "diam";
    hint.textContent = "Klik simbol untuk membuka langkahnya. Dengan papan ketik, tombol panah mengikuti anak panah.";
    const dialog = document.createElement("dialog");
    dialog.className = "tabel-penuh";
    dialog.setAttribute("aria-label", region.getAttribute("aria-label"));
    let zoom = 1;
    const size = document.createElement("output");
    const set = to => {
      zoom = Math.min(3, Math.max(0.25, to));
      table.style.zoom = zoom;
      size.textContent = `${Math.round(100 * zoom)} %`;
    };
    // Column widths are whole pixels and do not shrink in step, so what fits is found by trying. What fits is all
    // up to a heading, or the table.
    const fit = (last, most) => {
      set(1);
      region.scrollLeft = 0;
      const wide = () => last.getBoundingClientRect().right - table.getBoundingClientRect().left;
      for (let i = 0; i < 9; i++) set(Math.min(most, zoom * region.clientWidth / Math.max(1, wide())));
    };
    const whole = () => fit(table, 1);
    const flow = button("Alur", () => fit([...table.querySelectorAll("th.alur-lajur")].at(-1) || table, 2));
    flow.setAttribute("aria-label", "Alur saja, sampai pelaksana terakhir");
    const open = button("Layar penuh", () => {
      dialog.append(region);
      dialog.showModal();
      whole();
    });
    const shut = () => {
      set(1);
      dialog.after(region);
      if (dialog.open) dialog.close();
    };
    const tools = document.createElement("div");
    tools.className = "langkah-alat";
    const less = button("−", () => set(zoom / 1.25));
    const more = button("+", () => set(zoom * 1.25));
    less.setAttribute("aria-label", "Perkecil");
    more.setAttribute("aria-label", "Perbesar");
    tools.append(button("Kembali", shut), button("Paskan", whole), flow, less, size, more);
    dialog.append(tools);
    dialog.addEventListener("close", shut);
    dialog.addEventListener("click", event => { if (event.target.closest("a[href]")) shut(); });
    bar.append(open, hint);
    region.before(bar, dialog);
  };

  for (const region of document.querySelectorAll(".gulir")) {
    const table = region.querySelector(":scope > table.alur");
    if (table) {
      walk(table);
      view(region, table);
    }
    watch(region, table);
  }
})();
