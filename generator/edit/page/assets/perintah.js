// The buttons of the head of the page: versions, history, documents.
import { beritahu, cari, diamkan } from "./tampil.js";
import { kirim } from "./kirim.js";

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
document.querySelector("[data-tutup]").addEventListener("click", () => cari("revisi").close());
cari("borang-revisi").addEventListener("submit", async (peristiwa) => {
  peristiwa.preventDefault();
  const revisi = Object.fromEntries(new FormData(peristiwa.target));
  cari("revisi").close();
  if (await kirim("revisi", { revisi })) peristiwa.target.reset();
});

for (const tombol of document.querySelectorAll("[data-cetak]")) tombol.addEventListener("click", () => cetak(tombol.dataset.cetak));

async function cetak(jenis) {
  beritahu("cetak", "Menyusun naskah …");
  let jawab;
  try { jawab = await fetch(`${alamat}/cetak.${jenis}`); } catch { beritahu("cetak", "Program penyunting tidak menjawab."); return; }
  if (!jawab.ok) {
    let kata = "Naskah tidak dapat dicetak.";
    try { kata = (await jawab.json()).pesan || kata; } catch { /* no words of ours */ }
    beritahu("cetak", kata.charAt(0).toUpperCase() + kata.slice(1), [["Mengerti", "tutup-cetak"]]);
    return;
  }
  const tautan = document.createElement("a");
  tautan.href = URL.createObjectURL(await jawab.blob());
  tautan.download = `${alamat.split("/").pop()}-rancangan.${jenis}`;
  tautan.click();
  diamkan("cetak");
}

cari("terima")?.addEventListener("click", async () => {
  const jawab = await (await fetch(`${alamat}/terima`, { method: "POST", body: "{}" })).json();
  if (jawab.beres) location.assign(jawab.alamat);
  else beritahu("terima", jawab.pesan || jawab.kata, [["Mengerti", "tutup-terima"]]);
});
