// Rows dragged by their numbers → moves.
import { keadaan } from "./tampil.js";
import { laku } from "./kirim.js";

let dari = null;
const baris = (satu) => satu.closest?.("tr[id^='baris-']");

document.addEventListener("dragstart", (peristiwa) => {
  if (!peristiwa.target.classList?.contains("pegangan")) return;
  dari = baris(peristiwa.target);
  peristiwa.dataTransfer.effectAllowed = "move";
  peristiwa.dataTransfer.setData("text/plain", dari.id);
});
document.addEventListener("dragover", (peristiwa) => {
  const ke = dari && baris(peristiwa.target);
  if (!ke || ke.parentElement !== dari.parentElement) return;
  peristiwa.preventDefault();
  document.querySelector("tr.jatuh")?.classList.remove("jatuh");
  ke.classList.add("jatuh");
});
document.addEventListener("drop", (peristiwa) => {
  const ke = dari && baris(peristiwa.target);
  if (!ke) return;
  peristiwa.preventDefault();
  const [tabel, asal] = dari.id.slice(6).split("-").map(Number);
  const tuju = Number(ke.id.slice(6).split("-")[1]);
  if (asal === tuju) return;
  keadaan.aktif = [tabel, tuju];
  laku({ laku: "langkah-pindah", table: tabel, row: asal, to: tuju });
});
document.addEventListener("dragend", () => {
  dari = null;
  document.querySelector("tr.jatuh")?.classList.remove("jatuh");
});
