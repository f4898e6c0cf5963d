// The buttons of the head of the page: versions, history, documents.
import { beritahu, cari, diamkan } from "./tampil.js";
import { huruf, kirim } from "./kirim.js";

const alamat = cari("formulir").dataset.alamat;

cari("buka-riwayat").addEventListener("click", async () => {
  cari("riwayat").innerHTML = await (await fetch(`${alamat}/riwayat`)).text(); // a template of ours
  cari("riwayat").showModal();
});
cari("riwayat").addEventListener("click", async (peristiwa) => {
  const ke = peristiwa.target.dataset?.kembali;
  if (ke === undefined) return;
  cari("riwayat").close();
  await kirim("kembali", { ke: Number(ke) });
});

cari("buka-revisi")?.addEventListener("click", () => cari("revisi").showModal());
for (const tutup of document.querySelectorAll("[data-tutup]")) tutup.addEventListener("click", () => tutup.closest("dialog").close());
cari("borang-revisi").addEventListener("submit", async (peristiwa) => {
  peristiwa.preventDefault();
  const revisi = Object.fromEntries(new FormData(peristiwa.target));
  cari("revisi").close();
  if (await kirim("revisi", { revisi })) peristiwa.target.reset();
});

cari("borang-kembalikan")?.addEventListener("submit", async (peristiwa) => {
  peristiwa.preventDefault();
  cari("kembalikan").close();
  if (await kirim("kembalikan", { kata: peristiwa.target.elements.kata.value })) peristiwa.target.reset();
});

for (const tombol of document.querySelectorAll("[data-cetak]")) tombol.addEventListener("click", () => cetak(tombol.dataset.cetak));

async function cetak(jenis) {
  beritahu("cetak", "Menyusun naskah …");
  let jawab;
  try { jawab = await fetch(`${alamat}/cetak.${jenis}`); } catch { beritahu("cetak", "Program penyunting tidak menjawab."); return; }
  if (!jawab.ok) {
    let kata = "Naskah tidak dapat dicetak.";
    try { kata = (await jawab.json()).pesan || kata; } catch { /* no words of ours */ }
    beritahu("cetak", huruf(kata), [["Mengerti", "tutup-cetak"]]);
    return;
  }
  const tautan = document.createElement("a");
  tautan.href = URL.createObjectURL(await jawab.blob());
  tautan.download = `${alamat}-rancangan.${jenis}`;
  tautan.click();
  diamkan("cetak");
}

cari("terima")?.addEventListener("click", async () => {
  const jawab = await (await fetch(`${alamat}/terima`, { method: "POST", body: "{}" })).json();
  if (jawab.beres) location.assign(`../${jawab.alamat}`);
  else beritahu("terima", jawab.pesan || jawab.kata, [["Mengerti", "tutup-terima"]]);
});

// The pictures of what a draft was read from, beside the form; a doubt that is looked at is shown there too.
const naskah = cari("naskah");
cari("buka-naskah")?.addEventListener("click", () => bukaNaskah(naskah.hidden));

function bukaNaskah(buka, bagian = "") {
  naskah.hidden = !buka;
  cari("buka-naskah").setAttribute("aria-expanded", String(buka));
  if (!buka) return;
  if (!naskah.firstChild) {
    const bingkai = document.createElement("iframe");
    bingkai.title = "Naskah dan bacaannya";
    bingkai.name = "naskah";
    naskah.append(bingkai);
  }
  naskah.firstChild.src = `${naskah.dataset.alamat}${bagian}`;
}

document.addEventListener("click", (peristiwa) => {
  const satu = peristiwa.target.closest("[data-gambar]");
  if (satu && naskah) bukaNaskah(true, `#${satu.dataset.gambar}`);
});

document.addEventListener("change", async (peristiwa) => {
  const berkas = peristiwa.target.id === "lambang" && peristiwa.target.files[0];
  if (!berkas) return;
  let kabar = { pesan: "Program penyunting tidak menjawab." };
  try { kabar = await (await fetch(`../lambang?nama=${encodeURIComponent(berkas.name)}`, { method: "POST", body: berkas })).json(); } catch { /* the words above */ }
  if (kabar.beres) { diamkan("lambang"); await kirim("lihat"); }
  else beritahu("lambang", huruf(kabar.pesan), [["Mengerti", "tutup-lambang"]]);
});
