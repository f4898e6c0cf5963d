// What every page does: light and dark, the title of the page in the bar, shut parts that an address names, the menu
// (that opens and shuts without this). It stands for the script of the theme, which is many times as large; main.html
// says where that one is kept.
(() => {
  "use strict";
  document.documentElement.classList.replace("no-js", "js");
  const options = [...document.querySelectorAll("input[name=__palette]")];
  const label = option => option.nextElementSibling?.matches("label") ? option.nextElementSibling : null;
  const choose = (option, keep) => {
    const color = {};
    for (const name of ["media", "scheme", "primary", "accent"]) {
      color[name] = option.getAttribute(`data-md-color-${name}`);
      document.body.setAttribute(`data-md-color-${name}`, color[name]);
    }
    option.checked = true;
    for (const one of options) if (label(one)) label(one).hidden = one !== option;
    if (keep) __md_set("__palette", { index: options.indexOf(option), color });
  };
  if (options.length) {
    let kept = null;
    try { kept = __md_get("__palette"); } catch { /* no memory on this device */ }
    const asked = options.find(one => matchMedia(one.getAttribute("data-md-color-media") || "not all").matches);
    choose(options[kept?.index] || asked || options[0], false);
    for (const option of options) option.addEventListener("change", () => choose(option, true));
  }

  const bar = document.querySelector("[data-md-component=header-title]");
  const heading = document.querySelector("h1");
  if (bar && heading) {
    new IntersectionObserver(([seen]) => {
      bar.classList.toggle("md-header__title--active", !seen.isIntersecting && seen.boundingClientRect.top < 100);
    }, { rootMargin: "-60px 0px 0px" }).observe(heading);
  }

  // What scrolls sideways can be scrolled by keyboard.
  const sized = new ResizeObserver(seen => seen.forEach(({ target }) => {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }));
  document.querySelectorAll("pre > code, .md-typeset table:not([class])").forEach(one => sized.observe(one));

  // What is there to be pasted elsewhere is copied by a button, where the browser lets a page do that.
  if (navigator.clipboard) document.querySelectorAll("[data-salin]").forEach(one => {
    one.parentElement.hidden = false;
    one.addEventListener("click", () => {
      const words = one.parentElement.previousElementSibling.textContent;
      navigator.clipboard.writeText(words).then(() => { one.textContent = "Tersalin"; });
    });
  });

  const reveal = () => {
    let named = null;
    try { named = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no name */ }
    if (!named) return;
    const shut = [];
    const step = named.matches("ol.langkah > li") && named.querySelector("details");
    for (let one = step || named.closest("details"); one; one = one.parentElement.closest("details")) {
      if (!one.open) shut.push(one);
    }
    shut.forEach(one => { one.open = true; });
    if (shut.length && !step) named.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const menu = document.querySelector("details.menu");
  if (!menu) return;
  const button = menu.querySelector("summary");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    button.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.querySelector("ul").contains(event.target) && !button.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.querySelector("nav").addEventListener("click", (event) => {
    if (event.target.closest("a")) menu.open = false;
  });
})();
