// The address of the only version of an SOP: the page of the SOP shows it (404.html says so without a script).
(() => {
  const found = /^(.*\/sop\/[^/]+\/)versi\/\d+(\/(index\.html)?)?$/.exec(location.pathname);
  const words = document.querySelector(".alamat-versi");
  if (!words) return;
  if (!found) {
    words.hidden = true;
    return;
  }
  const link = document.createElement("a");
  link.href = `${found[1]}#versi`;
  link.textContent = "Buka halaman SOP itu";
  words.append(" ", link, ": di sana tertulis versi mana yang ditampilkan.");
})();
