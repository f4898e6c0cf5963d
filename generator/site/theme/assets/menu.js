// The menu opens and shuts without this; with it, it shuts by Escape, by a tap beside it and when the focus leaves it.
(() => {
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
