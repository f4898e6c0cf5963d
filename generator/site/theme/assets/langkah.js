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

  const button = (words, pressed) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-pressed", String(pressed));
    return made;
  };

  // One role for each name that stands on a step, in the order of the page.
  const roles = new Map();
  steps.forEach((step, at) => step.querySelectorAll(".pelaku").forEach(name => {
    const text = name.textContent;
    if (!roles.has(text)) roles.set(text, { steps: new Set(), lane: (/lajur-\d+/.exec(name.className) || [""])[0] });
    roles.get(text).steps.add(at);
  }));

  const tools = document.createElement("div");
  tools.className = "langkah-alat";
  const all = button("Buka semua", false);
  all.addEventListener("click", () => {
    const open = all.getAttribute("aria-pressed") !== "true";
    details.forEach(one => { one.open = open; });
    all.setAttribute("aria-pressed", String(open));
  });
  tools.append(all);

  if (roles.size > 1) {
    const group = document.createElement("div");
    group.className = "langkah-alat";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Peran saya");
    const label = document.createElement("span");
    label.textContent = "Peran saya:";
    group.append(label);
    const choices = [];
    const choose = (chosen, role) => {
      choices.forEach(one => one.setAttribute("aria-pressed", String(one === chosen)));
      steps.forEach((step, at) => step.classList.toggle("redup", Boolean(role) && !role.steps.has(at)));
      document.querySelectorAll(".diagram .node").forEach(node => {
        node.classList.toggle("redup", Boolean(role) && !node.classList.contains(role.lane));
      });
    };
    for (const [name, role] of roles) {
      const choice = button(name, false);
      choice.addEventListener("click", () => {
        const off = choice.getAttribute("aria-pressed") === "true";
        choose(off ? null : choice, off ? null : role);
      });
      choices.push(choice);
      group.append(choice);
    }
    tools.append(group);
  }
  lists[0].before(tools);

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
