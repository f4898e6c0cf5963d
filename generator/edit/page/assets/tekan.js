// While a button is held down nothing moves under the pointer: what would change the page waits for the release.
const PALING_LAMA = 1000; // a list that opens keeps the release to itself

let tekanan = Promise.resolve();
let lepaskan = () => {};

document.addEventListener("pointerdown", () => {
  lepaskan();
  tekanan = new Promise((lanjut) => { lepaskan = lanjut; });
  setTimeout(lepaskan, PALING_LAMA);
}, true);
for (const apa of ["pointerup", "pointercancel"]) document.addEventListener(apa, () => setTimeout(lepaskan), true); // after the click

export const dilepas = () => tekanan;
