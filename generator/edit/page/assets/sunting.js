// What a person does with keys and mouse → acts.
import { cari, diamkan, keadaan, rincian, tandai, ukur } from "./tampil.js";
import { ketik, kirim, kosong, laku, pakaiKetikan, segarkan } from "./kirim.js";
import { berhentiTunjuk, tunjuk } from "./tunjuk.js";
import { dilepas } from "./tekan.js";
import { centang, lakuRincian, ubahRincian } from "./rincian.js";
import { pakaiUsul } from "./usul.js";
import "./perintah.js";
import "./seret.js";

const BULAN = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const JEDA = 2000;
let kelompok = { id: "", nomor: 0, kapan: 0 };

const barisDari = (satu) => {
  const ada = satu.closest?.("tr[id^='baris-']");
  return ada ? ada.id.slice(6).split("-").map(Number) : null;
};

document.addEventListener("input", (peristiwa) => {
  const bidang = peristiwa.target;
  if (!bidang.dataset.jalur || bidang.tagName === "SELECT") return;
  if (bidang.tagName === "TEXTAREA") ukur(bidang);
  const kini = Date.now();
  if (kelompok.id !== bidang.id || kini - kelompok.kapan > JEDA) kelompok = { id: bidang.id, nomor: kini, kapan: kini };
  kelompok.kapan = kini;
  ketik(bidang, JSON.parse(bidang.dataset.jalur), bidang.value, `${bidang.id}-${kelompok.nomor}`);
});

document.addEventListener("change", (peristiwa) => {
  const satu = peristiwa.target;
  if (satu.tagName === "SELECT" && satu.dataset.jalur) laku({ laku: "isi", path: JSON.parse(satu.dataset.jalur), value: satu.value });
  else if (satu.classList.contains("pemilih")) pilihTanggal(satu);
  else if (satu.dataset.kolomIsi) centang(satu, { laku: "kolom-isi", columns: [...document.querySelectorAll("[data-kolom-isi]:checked")].map((kotak) => kotak.dataset.kolomIsi) });
  else if (satu.closest("#rincian")) ubahRincian(satu);
});

function pilihTanggal(pemilih) {
  const [tahun, bulan, hari] = pemilih.value.split("-").map(Number);
  const bidang = pemilih.parentElement.querySelector("textarea");
  if (!hari) return;
  bidang.value = `${hari} ${BULAN[bulan - 1]} ${tahun}`;
  bidang.dispatchEvent(new Event("input", { bubbles: true }));
  bidang.focus();
}

document.addEventListener("focusin", (peristiwa) => {
  const baris = barisDari(peristiwa.target);
  if (baris && String(baris) !== String(keadaan.aktif)) {
    keadaan.aktif = baris;
    tandai();
    if (kosong()) segarkan();
    else kirim("lihat");
  } else if (!baris && !peristiwa.target.closest("#rincian, .bilah, #pemberitahuan") && keadaan.aktif) {
    keadaan.aktif = null;
    tandai();
    dilepas().then(() => { if (!keadaan.aktif) rincian(""); });
  }
});

// The panel opens, or grows, over no row that is worked on.
new ResizeObserver(async () => {
  await dilepas();
  const baris = keadaan.aktif && cari(`baris-${keadaan.aktif[0]}-${keadaan.aktif[1]}`);
  const panel = cari("rincian");
  if (!baris || panel.hidden || !baris.contains(document.activeElement)) return;
  const tutup = baris.getBoundingClientRect().bottom - panel.getBoundingClientRect().top;
  if (tutup > 0) window.scrollBy(0, tutup + 8);
}).observe(cari("rincian"));

document.addEventListener("focusout", (peristiwa) => {
  const bidang = peristiwa.target;
  if (bidang.tagName === "TEXTAREA") setTimeout(() => {
    const teks = keadaan.isi[bidang.id];
    if (kosong() && document.activeElement !== bidang && teks !== undefined && bidang.value !== teks) { bidang.value = teks; ukur(bidang); }
  }, 150);
});

document.addEventListener("click", (peristiwa) => {
  const satu = peristiwa.target.closest("button, a");
  if (!satu) return;
  if (satu.classList.contains("pilih")) pelaksana(satu, peristiwa.ctrlKey || peristiwa.shiftKey || peristiwa.metaKey);
  else if (satu.classList.contains("kalender")) satu.parentElement.querySelector(".pemilih").showPicker();
  else if (satu.classList.contains("kolom")) rincianKolom(satu);
  else if (satu.dataset.kolomLaku) lakuKolom(satu);
  else if (satu.dataset.butir) butir(satu);
  else if (satu.dataset.ragu) kirim("beres", { ke: Number(satu.dataset.ragu), kata: satu.dataset.kata });
  else if (satu.dataset.tempat) menuju(satu, peristiwa);
  else if (satu.dataset.berita_laku) berita(satu.dataset.berita_laku);
  else if (satu.dataset.tambahLangkah) tambahLangkah(Number(satu.dataset.tambahLangkah));
  else if (satu.closest("#rincian")) lakuRincian(satu);
  else if (["urung", "ulang", "simpan", "usul"].includes(satu.id)) kirim(satu.id);
});

function pelaksana(tombol, bersama) {
  const [tabel, baris] = barisDari(tombol);
  const siapa = tombol.dataset.pelaksana;
  let semua = [siapa];
  if (bersama) {
    const ada = [...tombol.closest("tr").querySelectorAll(".pilih[aria-pressed=true]")].map((satu) => satu.dataset.pelaksana);
    semua = ada.includes(siapa) ? ada.filter((satu) => satu !== siapa) : [...ada, siapa];
  }
  laku({ laku: "pelaksana", table: tabel, row: baris, actors: semua });
}

export function tambahLangkah(tabel) {
  return laku({ laku: "langkah-baru", table: tabel, at: cari(`badan-${tabel}`).rows.length });
}

function menuju(tautan, peristiwa) {
  const tempat = cari(tautan.dataset.tempat) || cari(tautan.dataset.tempat.replace(/-alur$/, "-uraian"));
  if (!tempat) return;
  peristiwa.preventDefault();
  tempat.focus();
}

function berita(apa) {
  if (apa === "setujui") kirim("setujui");
  else if (apa === "kembalikan") cari("kembalikan").showModal();
  else if (apa === "pilih-sini") kirim("pilih", { luar: false });
  else if (apa === "pilih-luar") kirim("pilih", { luar: true });
  else if (apa === "pakai-ketikan") { pakaiKetikan(); diamkan("bentrok"); }
  else if (apa.startsWith("tutup-")) diamkan(apa.slice(6));
  else diamkan("bentrok");
}

function butir(tombol) {
  const kotak = tombol.closest("[data-kotak]").dataset.kotak;
  const nomor = Number(tombol.dataset.nomor);
  if (tombol.dataset.butir === "hapus") laku({ laku: "butir-hapus", box: kotak, at: nomor });
  else laku({ laku: "butir-pindah", box: kotak, at: nomor, to: nomor - 1 });
}

document.addEventListener("submit", async (peristiwa) => {
  const borang = peristiwa.target;
  const apa = borang.dataset.tambah;
  if (!apa) return;
  peristiwa.preventDefault();
  const bidang = borang.querySelector("input");
  const nama = bidang.value.trim();
  if (!nama) return;
  const isi = apa === "unit" ? { laku: "unit", name: nama }
    : apa === "kolom" ? { laku: "kolom-baru", table: Number(borang.dataset.tabel), name: nama }
      : { laku: "butir-baru", box: apa, name: nama };
  if ((await laku(isi)) && apa !== "unit") {
    const lagi = cari(bidang.id);
    if (lagi) { lagi.value = ""; lagi.focus(); }
  }
});

function rincianKolom(tombol) {
  keadaan.aktif = null;
  tandai();
  const [kolom, tabel] = [Number(tombol.dataset.kolom), Number(tombol.dataset.tabel)];
  const tempat = cari("rincian");
  rincian("<h2 id=\"rincian-judul\"></h2><div class=\"alat\"></div>");
  tempat.querySelector("h2").textContent = `Kolom ${tombol.textContent}`;
  const alat = [["Pindah ke kiri", "kiri"], ["Pindah ke kanan", "kanan"], ["Hapus kolom", "hapus"]];
  tempat.querySelector(".alat").append(...alat.map(([kata, apa]) => {
    const satu = document.createElement("button");
    Object.assign(satu, { type: "button", textContent: kata });
    Object.assign(satu.dataset, { kolomLaku: apa, kolom, tabel });
    return satu;
  }));
}

async function lakuKolom(tombol) {
  const [apa, kolom, tabel] = [tombol.dataset.kolomLaku, Number(tombol.dataset.kolom), Number(tombol.dataset.tabel)];
  if (apa === "hapus") await laku({ laku: "kolom-hapus", table: tabel, at: kolom });
  else await laku({ laku: "kolom-pindah", table: tabel, at: kolom, to: kolom + (apa === "kiri" ? -1 : 1) });
  rincian("");
}

document.addEventListener("keydown", (peristiwa) => {
  if (tunjuk(peristiwa)) return;
  const satu = peristiwa.target;
  const ctrl = peristiwa.ctrlKey || peristiwa.metaKey;
  if (ctrl && !peristiwa.altKey && "zZyYsS".includes(peristiwa.key)) {
    peristiwa.preventDefault();
    const kunci = peristiwa.key.toLowerCase();
    kirim(kunci === "s" ? (cari("simpan") ? "simpan" : "usul") : kunci === "y" || peristiwa.shiftKey ? "ulang" : "urung");
    return;
  }
  if (satu.dataset.satuBaris !== undefined && peristiwa.key === "Enter") peristiwa.preventDefault();
  else if (peristiwa.key === "Enter" && satu.tagName === "TEXTAREA" && !ctrl && !peristiwa.altKey) lanjutkanDaftar(peristiwa, satu);
  if (peristiwa.key === "Escape") { berhentiTunjuk(); return; }
  if (satu.classList.contains("kolom")) kunciKolom(peristiwa, satu);
  const baris = barisDari(satu) || (satu.closest("#rincian") ? keadaan.aktif : null);
  if (baris) kunciBaris(peristiwa, satu, baris);
});

// Enter in a list begins the next item; in an item without words it ends the list.
function lanjutkanDaftar(peristiwa, bidang) {
  const awal = bidang.value.lastIndexOf("\n", bidang.selectionStart - 1) + 1;
  const baris = bidang.value.slice(awal, bidang.selectionStart);
  const tanda = /^(?:(\d+)([.)])|[-•]) /.exec(baris);
  if (!tanda || bidang.selectionStart !== bidang.selectionEnd) return;
  peristiwa.preventDefault();
  if (baris === tanda[0]) bidang.setRangeText("", awal, bidang.selectionStart, "end");
  else bidang.setRangeText(`\n${tanda[1] ? `${Number(tanda[1]) + 1}${tanda[2]} ` : tanda[0]}`, bidang.selectionStart, bidang.selectionEnd, "end");
  bidang.dispatchEvent(new Event("input", { bubbles: true }));
}

function kunciKolom(peristiwa, tombol) {
  const [kolom, tabel] = [Number(tombol.dataset.kolom), Number(tombol.dataset.tabel)];
  const geser = { ArrowLeft: -1, ArrowRight: 1 }[peristiwa.key];
  if (geser) laku({ laku: "kolom-pindah", table: tabel, at: kolom, to: kolom + geser });
  else if (peristiwa.key === "Delete") laku({ laku: "kolom-hapus", table: tabel, at: kolom });
  else return;
  peristiwa.preventDefault();
}

function kunciBaris(peristiwa, satu, [tabel, baris]) {
  if (peristiwa.key === "ArrowRight" && satu.tagName === "TEXTAREA" && pakaiUsul(satu)) {
    peristiwa.preventDefault();
    return;
  }
  const ctrl = peristiwa.ctrlKey || peristiwa.metaKey;
  const tekan = `${ctrl ? "C" : ""}${peristiwa.altKey ? "A" : ""}${peristiwa.shiftKey ? "S" : ""}${peristiwa.key}`;
  if (tekan === "CEnter") laku({ laku: "langkah-baru", table: tabel, at: baris + 1 });
  else if (tekan === "CSEnter") bagi(tabel, baris);
  else if (tekan === "AArrowUp" || tekan === "AArrowDown") pindah(tabel, baris, tekan === "AArrowUp" ? -1 : 1);
  else if (tekan === "Ak" || tekan === "AK") lakuRincian({ id: "", dataset: { laku: "keputusan" } });
  else if (satu.classList.contains("pegangan") && tekan === "Delete") laku({ laku: "langkah-hapus", table: tabel, row: baris });
  else if (tekan === "F6" || tekan === "Ar") cari("rincian").querySelector("button, input, select")?.focus();
  else if (satu.classList.contains("pilih")) { if (!kunciSel(peristiwa, satu, tabel, baris)) return; }
  else return;
  peristiwa.preventDefault();
}

export function pindah(tabel, baris, geser) {
  const ke = baris + geser;
  if (ke < 0 || ke >= cari(`badan-${tabel}`).rows.length) return;
  keadaan.aktif = [tabel, ke];
  laku({ laku: "langkah-pindah", table: tabel, row: baris, to: ke });
}

export function bagi(tabel, baris) {
  const bidang = cari(`l-${tabel}-${baris}-uraian`);
  const di = bidang.selectionStart || bidang.value.length;
  laku({ laku: "langkah-pecah", table: tabel, row: baris, first: bidang.value.slice(0, di), second: bidang.value.slice(di) });
}

// The cells of a row are one stop of the Tab key; arrows go from cell to cell.
function kunciSel(peristiwa, sel, tabel, baris) {
  const lajur = Number(sel.id.split("-")[3]);
  const tuju = {
    ArrowLeft: [baris, lajur - 1], ArrowRight: [baris, lajur + 1], ArrowUp: [baris - 1, lajur], ArrowDown: [baris + 1, lajur],
  }[peristiwa.key];
  if (tuju) { cari(`p-${tabel}-${tuju[0]}-${tuju[1]}`)?.focus(); return true; }
  if (/^[1-9]$/.test(peristiwa.key)) {
    const tombol = cari(`p-${tabel}-${baris}-${Number(peristiwa.key) - 1}`);
    if (tombol) { tombol.focus(); pelaksana(tombol, false); }
    return true;
  }
  if (peristiwa.key === "k") { lakuRincian({ id: "", dataset: { laku: "keputusan" } }); return true; }
  return false;
}

window.addEventListener("beforeunload", (peristiwa) => { if (!kosong()) peristiwa.preventDefault(); });
setInterval(() => { if (document.visibilityState === "visible" && kosong()) segarkan(); }, 2000);
await segarkan();
document.body.dataset.siap = "ya";
