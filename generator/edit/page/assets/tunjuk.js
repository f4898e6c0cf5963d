// Pointing: the next step that is clicked, or chosen with arrows and Enter, is where a way leads.
import { beritahu, cari, diamkan } from "./tampil.js";
import { laku } from "./kirim.js";
import { labelCabang } from "./rincian.js";

let arah = null;

export function mulaiTunjuk(tabel, baris, nomor) {
  const label = nomor === "lanjut" ? "" : labelCabang(nomor);
  arah = { tabel, baris, nomor, label, sorot: baris };
  document.body.classList.add("menunjuk");
  sorot(Math.max(0, baris - 1));
  beritahu("tunjuk", `Klik langkah yang dituju${label ? ` bila ${label}` : ""} – atau pilih dengan panah atas dan bawah lalu Enter. Esc membatalkan.`);
}

export function berhentiTunjuk() {
  arah = null;
  document.body.classList.remove("menunjuk");
  document.querySelector("tr.sorot")?.classList.remove("sorot");
  diamkan("tunjuk");
}

function sorot(baris) {
  document.querySelector("tr.sorot")?.classList.remove("sorot");
  const satu = cari(`baris-${arah.tabel}-${baris}`);
  if (!satu) return;
  arah.sorot = baris;
  satu.classList.add("sorot");
  satu.scrollIntoView({ block: "nearest" });
}

function jadikan(baris) {
  const { tabel, baris: dari, nomor, label } = arah;
  berhentiTunjuk();
  if (nomor === "lanjut") laku({ laku: "lanjut", table: tabel, row: dari, target: { row: baris } });
  else laku({ laku: "cabang", table: tabel, row: dari, number: nomor, label, target: { row: baris } });
}

export function tunjuk(peristiwa) {
  if (!arah) return false;
  if (peristiwa.key === "ArrowUp" || peristiwa.key === "ArrowDown") sorot(arah.sorot + (peristiwa.key === "ArrowUp" ? -1 : 1));
  else if (peristiwa.key === "Enter") jadikan(arah.sorot);
  else if (peristiwa.key === "Escape") berhentiTunjuk();
  else { if (peristiwa.key.length === 1) berhentiTunjuk(); return false; }
  peristiwa.preventDefault();
  return true;
}

document.addEventListener("mousedown", (peristiwa) => {
  const baris = arah && peristiwa.target.closest?.("tr[id^='baris-']");
  if (!baris) return;
  const [tabel, nomor] = baris.id.slice(6).split("-").map(Number);
  if (tabel !== arah.tabel) return;
  peristiwa.preventDefault();
  peristiwa.stopPropagation();
  const habis = (klik) => { klik.preventDefault(); klik.stopPropagation(); };
  document.addEventListener("click", habis, { capture: true, once: true });
  jadikan(nomor);
}, true);
