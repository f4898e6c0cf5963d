// Narrows a long list to the rows that hold every word that the reader types, in any order, and have what is chosen
// below; rows that something else has hidden (berlaku.js) are not counted.
(() => {
  "use strict";
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let format = null; // to make one takes as long as all else here, and few readers narrow a list
  const number = count => (format ??= new Intl.NumberFormat("id")).format(count);

  for (const form of document.querySelectorAll("form[data-saring]")) {
    const input = form.querySelector("input");
    const said = form.querySelector("[role=status]");
    const here = document.querySelector("nav.bagian") ? " di bagian ini" : "";
    let list = form.nextElementSibling;
    while (list && !list.matches("ul, table, .gulir")) list = list.nextElementSibling;
    if (!list) continue;
    const rows = list.matches("ul") ? [...list.children] : [...list.querySelectorAll("tbody > tr")];
    const choices = [...form.querySelectorAll("select")];
    let texts = null;
    let waiting = 0;

    const asked = () => Boolean(input.value.trim()) || choices.some(choice => choice.value);

    const narrow = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      texts ??= rows.map(row => plain(row.textContent));
      let left = 0;
      rows.forEach((row, at) => {
        const has = choice => !choice.value || row.dataset[choice.name].split("|").includes(choice.value);
        const shown = words.every(word => texts[at].includes(word)) && choices.every(has);
        row.classList.toggle("tersaring", !shown);
        left += shown && !row.hidden;
      });
      const all = rows.filter(row => !row.hidden).length;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const of = asked() && number(all);
        said.textContent = !asked() ? "" : left ? `${number(left)} dari ${of} cocok${here}.` : `Tidak ada yang cocok dari ${of}${here}.`;
      }, 250);
    };
    input.addEventListener("input", narrow);
    for (const other of ["change", "reset"]) document.addEventListener(other, event => (asked() || form.contains(event.target)) && narrow());
    form.addEventListener("submit", event => event.preventDefault());
    form.querySelector("[data-cari-buka]")?.addEventListener("click", () => {
      const search = document.querySelector("#cari-isian");
      if (search && input.value.trim()) search.value = input.value;
    });
    if (asked()) narrow();
  }
})();
