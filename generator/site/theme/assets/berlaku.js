// Which versions were in force on the day that the reader picks: hides the rows of the table that were not.
// The same answer as generator/revisions/force.py; without a date in the data it is not known, and said so.
(() => {
  "use strict";
  const form = document.querySelector("[data-berlaku]");
  const rows = [...document.querySelectorAll("table.masa tbody tr")];
  if (!form || !rows.length) return;
  const input = form.querySelector("input");
  const said = document.querySelector(".hasil-hari");
  const others = document.querySelectorAll("nav.bagian a");

  function verdict(row, day) {
    const { dari, sampai } = row.dataset;
    if ("rancangan" in row.dataset || (dari && day < dari) || (sampai && day > sampai)) return "tidak";
    return dari && !("longgar" in row.dataset) ? "ya" : "tak tentu";
  }

  // The other parts of a long list open with the same day.
  function carry(day) {
    for (const link of others) {
      const url = new URL(link.href);
      if (day) url.searchParams.set("tanggal", day);
      else url.searchParams.delete("tanggal");
      link.href = url.href;
    }
  }

  function show(day) {
    carry(day);
    const found = { ya: 0, tidak: 0, "tak tentu": 0 };
    for (const row of rows) {
      const answer = day ? verdict(row, day) : "ya";
      found[answer] += 1;
      row.hidden = answer === "tidak";
      row.classList.toggle("tak-tentu", answer === "tak tentu");
    }
    if (!day) {
      said.textContent = "";
      return;
    }
    const words = new Date(`${day}T00:00:00Z`).toLocaleDateString("id", { dateStyle: "long", timeZone: "UTC" });
    const unsure = found["tak tentu"];
    said.textContent = `${others.length ? "Di bagian ini, pada" : "Pada"} ${words}: ${found.ya || "tidak ada"} versi yang pasti berlaku` +
      (unsure ? `; ${unsure} yang mungkin berlaku, karena tanggalnya tidak diketahui seluruhnya.` : ".");
  }

  const asked = new URLSearchParams(location.search).get("tanggal") || "";
  if (/^\d{4}-\d\d-\d\d$/.test(asked)) {
    input.value = asked;
    show(input.value);
  }
  input.addEventListener("change", () => show(input.value));
  form.addEventListener("submit", event => {
    if (!input.value) event.preventDefault();
  });
  form.addEventListener("reset", () => show(""));
})();
