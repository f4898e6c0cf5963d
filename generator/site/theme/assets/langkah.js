// Opens, filters and ticks the steps of an SOP. Without it they open one by one and say the same.
(() => {
  "use strict";
  const lists = [...document.querySelectorAll("ol.langkah")];
  const steps = lists.flatMap(list => [...list.children]);
  if (!steps.length) return;
  const details = steps.map(step => step.querySelector("details"));
  const key = "sop-usai:" + location.pathname;
  let done = [];
  try { done = JSON.parse(localStorage.getItem(key)) || []; } catch { /* no memory on this device */ }

  const [all, ...choices] = document.querySelectorAll(".langkah-alat:not(.tabel-alat) button");
  const pressed = one => one.getAttribute("aria-pressed") === "true";
  all.addEventListener("click", () => {
    const open = !pressed(all);
    details.forEach(one => { one.open = open; });
    all.setAttribute("aria-pressed", String(open));
  });
  const inRole = steps.map(step => new Set([...step.querySelectorAll(".pelaku")].map(name => name.textContent)));
  const choose = chosen => {
    choices.forEach(one => one.setAttribute("aria-pressed", String(one === chosen)));
    steps.forEach((step, at) => step.classList.toggle("redup", Boolean(chosen) && !inRole[at].has(chosen.textContent)));
    document.querySelectorAll(".diagram .node").forEach(node => {
      node.classList.toggle("redup", Boolean(chosen) && !node.classList.contains(chosen.dataset.lajur));
    });
  };
  choices.forEach(one => one.addEventListener("click", () => choose(pressed(one) ? null : one)));

  steps.forEach((step, at) => {
    const name = step.id;
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = done.includes(name);
    step.classList.toggle("usai", box.checked);
    box.addEventListener("change", () => {
      done = box.checked ? [...done, name] : done.filter(one => one !== name);
      step.classList.toggle("usai", box.checked);
      try { localStorage.setItem(key, JSON.stringify(done)); } catch { /* no memory on this device */ }
    });
    label.append(box, " Tandai selesai (hanya di perangkat ini)");
    const line = document.createElement("p");
    line.className = "langkah-tautan";
    line.append(label);
    details[at].lastElementChild.append(line);
  });
})();
