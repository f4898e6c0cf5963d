// What is suggested in a cell: for an empty one what the row above says, else the rest of what another cell of
// its kind begins with. The right arrow takes it.
import { cari, keadaan } from "./tampil.js";

const SEL = /^l-(\d+)-(\d+)-(\w+)$/;
const ATAS = { kelengkapan: "output", waktu: "waktu", keterangan: "keterangan" };
const SEJENIS = { kelengkapan: ["kelengkapan", "output"], output: ["output", "kelengkapan"] };
const PALING_PENDEK = 3;

document.addEventListener("focusin", (peristiwa) => {
  const bidang = peristiwa.target;
  const ada = SEL.exec(bidang.id || "");
  const dari = ada && ATAS[ada[3]];
  if (!dari || bidang.value) return;
  const usul = keadaan.isi[`l-${ada[1]}-${ada[2] - 1}-${dari}`] || "";
  bidang.dataset.usul = usul;
  bidang.placeholder = usul ? `→ ${usul}` : "";
});

document.addEventListener("focusout", (peristiwa) => {
  const bidang = peristiwa.target;
  if (bidang.dataset.usul) { bidang.placeholder = ""; delete bidang.dataset.usul; }
  if (bidang.tagName === "TEXTAREA") lanjutkan(bidang, "");
});

document.addEventListener("input", (peristiwa) => {
  if (peristiwa.target.tagName === "TEXTAREA") lanjutkan(peristiwa.target, sisa(peristiwa.target));
});

// The rest of a text of the same kind, the nearest row above first.
function sisa(bidang) {
  const ada = SEL.exec(bidang.id);
  const awal = bidang.value;
  if (!ada || awal.length < PALING_PENDEK || bidang.selectionEnd !== awal.length) return "";
  const [tabel, baris, kunci] = [ada[1], Number(ada[2]), ada[3]];
  for (let n = baris - 1; n >= 0; n -= 1) {
    for (const jenis of SEJENIS[kunci] || [kunci]) {
      const teks = keadaan.isi[`l-${tabel}-${n}-${jenis}`] || "";
      if (teks.length > awal.length + PALING_PENDEK && teks.startsWith(awal)) return teks.slice(awal.length);
    }
  }
  return "";
}

function lanjutkan(bidang, teks) {
  const kotak = bidang.parentElement;
  if ((kotak.dataset.lanjut || "") === teks) return;
  if (teks) kotak.dataset.lanjut = teks;
  else delete kotak.dataset.lanjut;
  cari("kabar-usul").textContent = teks ? `Usul: ${teks}. Panah kanan memakainya.` : "";
}

// Whether a suggestion was taken.
export function pakaiUsul(bidang) {
  const lanjut = bidang.parentElement?.dataset.lanjut;
  if (bidang.dataset.usul && !bidang.value) bidang.value = bidang.dataset.usul;
  else if (lanjut && bidang.selectionStart === bidang.value.length) bidang.value += lanjut;
  else return false;
  bidang.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
