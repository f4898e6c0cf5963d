// For a site that is opened from a folder or a USB stick (file:): there an address that ends in "/" shows a list of
// files and not the page, so every link to a folder leads to its index.html, also those that come later.
(() => {
  "use strict";
  const mend = (element, name) => {
    const url = new URL(element.getAttribute(name) || "", document.baseURI);
    if (url.protocol !== "file:" || !url.pathname.endsWith("/")) return;
    url.pathname += "index.html";
    element.setAttribute(name, url.href);
  };
  const links = "a[href]:not([href^='#'])";

  for (const link of document.querySelectorAll(links)) mend(link, "href");
  for (const kind of ["pointerdown", "click", "auxclick"]) {
    document.addEventListener(kind, event => {
      const link = event.target.closest?.(links);
      if (link) mend(link, "href");
    }, true);
  }
  document.addEventListener("submit", event => mend(event.target, "action"), true);
})();
