// A new SOP, a file read in, the sites built.
const cari = (id) => document.getElementById(id);

cari("baru").addEventListener("submit", async (peristiwa) => {
  peristiwa.preventDefault();
  const isi = Object.fromEntries(new FormData(peristiwa.target));
  const jawab = await fetch("/baru", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(isi) });
  const kabar = await jawab.json();
  if (jawab.ok) location.assign(kabar.alamat);
  else cari("pesan-baru").textContent = kabar.pesan;
});

cari("impor").addEventListener("submit", (peristiwa) => {
  peristiwa.preventDefault();
  const berkas = peristiwa.target.elements.berkas.files[0];
  if (berkas) jalankan(`/impor?nama=${encodeURIComponent(berkas.name)}`, berkas, "kabar-impor", "Membaca berkas …", true);
});
cari("terbitkan").addEventListener("click", () => jalankan("/terbitkan", "", "kabar-terbit", "Membangun situs …", false));

async function jalankan(alamat, isi, tempat, kata, muat) {
  const kabar = cari(tempat);
  kabar.textContent = kata;
  let jawab = { beres: false, kata: "Program penyunting tidak menjawab." };
  try {
    const surat = await fetch(alamat, { method: "POST", body: isi });
    jawab = surat.headers.get("content-type")?.includes("json") ? await surat.json() : { beres: false, kata: await surat.text() };
  } catch { /* the words above */ }
  const p = document.createElement("p");
  const pre = document.createElement("pre");
  p.textContent = jawab.beres ? "Selesai." : "Tidak berhasil; yang dikatakan program:";
  p.className = jawab.beres ? "" : "berat";
  pre.textContent = jawab.pesan || jawab.kata;
  kabar.replaceChildren(p, pre);
  if (jawab.beres && muat) {
    const lagi = document.createElement("a");
    lagi.href = "/";
    lagi.textContent = "Tampilkan draf di daftar";
    kabar.append(lagi);
  }
}
