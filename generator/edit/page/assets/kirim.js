// Acts → the server, one after the other; nothing typed is dropped, whatever happens on the way.
import { beritahu, cari, diamkan, keadaan, sibuk, terima } from "./tampil.js";
import { dilepas } from "./tekan.js";

const alamat = () => cari("formulir").dataset.alamat;
const antre = [];
let berjalan = null;

export const kosong = () => !antre.length && !berjalan;

export function laku(isi, lain = {}) {
  return kirim("laku", { laku: isi, ...lain });
}

export function kirim(kata, isi = {}) {
  return new Promise((selesai) => { antre.push({ kata, isi, selesai }); jalan(); });
}

export function ketik(bidang, jalur, nilai, kelompok) {
  const akhir = antre[antre.length - 1];
  sibuk.add(bidang.id);
  if (akhir && akhir.bidang === bidang.id) {
    akhir.isi.laku.value = nilai;
    return;
  }
  antre.push({
    kata: "laku", bidang: bidang.id, selesai() {},
    isi: { laku: { laku: "isi", path: jalur, value: nilai }, kelompok, lama: keadaan.isi[bidang.id] ?? "" },
  });
  jalan();
}

async function jalan() {
  if (berjalan) return;
  while (antre.length) {
    berjalan = antre.shift();
    if (!(await satu(berjalan))) {
      antre.unshift(gabung(berjalan));
      await new Promise((lanjut) => setTimeout(lanjut, 1000));
    }
    berjalan = null;
  }
}

// One request; false: nobody answered, try again.
async function satu(surat) {
  const isi = { ...surat.isi, dasar: keadaan.revisi, tampilan: keadaan.tampilan };
  if (keadaan.aktif) isi.baris = keadaan.aktif;
  let jawab;
  try {
    jawab = await fetch(`${alamat()}/${surat.kata}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(isi),
    });
  } catch {
    beritahu("putus", "Program penyunting tidak menjawab. Yang Anda ketik masih ada di halaman ini dan dikirim lagi begitu program berjalan.");
    return false;
  }
  diamkan("putus");
  await terimaJawab(jawab, surat);
  return true;
}

// What was typed meanwhile in the same field takes the place of what could not be sent.
function gabung(surat) {
  const nanti = antre.findIndex((satu) => surat.bidang && satu.bidang === surat.bidang);
  if (nanti < 0) return surat;
  const [baru] = antre.splice(nanti, 1);
  return { ...baru, isi: { ...baru.isi, lama: surat.isi.lama } };
}

async function terimaJawab(jawab, surat) {
  if (jawab.status === 200 || jawab.status === 409) {
    const kabar = await jawab.json();
    await dilepas();
    const lagi = antre.some((satu) => satu.bidang === surat.bidang); // asked last: a key may come during the wait
    if (surat.bidang && !lagi) sibuk.delete(surat.bidang);
    const ketikan = surat.bidang ? surat.isi.laku.value : "";
    terima(kabar);
    if (jawab.status === 409) bentrok(surat, ketikan);
    else if (!surat.bidang) diamkan("tolak");
    surat.selesai(jawab.status === 200 ? kabar : null);
    return;
  }
  let pesan = `Perintah ini tidak dapat dijalankan (${jawab.status}).`;
  try { pesan = (await jawab.json()).pesan || pesan; } catch { /* no words of ours */ }
  if (jawab.status === 403) pesan = "Halaman ini tidak dikenal lagi. Salin yang belum tersimpan, lalu jalankan lagi: sop edit";
  await dilepas();
  beritahu("tolak", huruf(pesan));
  surat.selesai(null);
}

function bentrok(surat, ketikan) {
  if (surat.bidang && ketikan.trim()) {
    beritahu("bentrok", `Bagian ini baru saja diubah di jendela lain. Yang Anda ketik: “${ketikan}”`,
      [["Pakai yang saya ketik", "pakai-ketikan"], ["Biarkan yang dari jendela lain", "buang-ketikan"]]);
    bentrok.terakhir = surat;
  } else {
    beritahu("bentrok", "SOP ini baru saja diubah di jendela lain; perubahan itu sudah tampil. Ulangi yang terakhir Anda lakukan.",
      [["Mengerti", "buang-ketikan"]]);
  }
}

export function pakaiKetikan() {
  const surat = bentrok.terakhir;
  if (!surat) return;
  const bidang = cari(surat.bidang);
  if (bidang) bidang.value = surat.isi.laku.value;
  kirim("laku", { laku: surat.isi.laku });
}

export const huruf = (teks) => teks.charAt(0).toUpperCase() + teks.slice(1) + (/[.!?]$/.test(teks) ? "" : ".");

export async function segarkan() {
  const baris = keadaan.aktif ? keadaan.aktif.join(",") : "";
  try {
    const jawab = await fetch(`${alamat()}/keadaan?tampilan=${keadaan.tampilan}&baris=${baris}`);
    const kabar = jawab.ok ? await jawab.json() : null;
    await dilepas();
    if (kabar && kosong()) terima(kabar);
  } catch { /* the next one will tell */ }
}
