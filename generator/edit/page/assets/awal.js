// A new SOP, a file read in, the sites built; the list of SOPs narrowed by words.
const cari = (id) => document.getElementById(id);

cari("saring")?.addEventListener("input", () => {
  const kata = cari("saring").value.toLowerCase().split(/\s+/).filter(Boolean);
  let tampil = 0;
  for (const satu of document.querySelectorAll(".daftar-sop li")) {
    satu.hidden = !kata.every((bagian) => satu.textContent.toLowerCase().includes(bagian));
    if (!satu.hidden) tampil += 1;
  }
  cari("kabar-saring").textContent = `${tampil} SOP cocok`;
});

cari("baru").addEventListener("submit", async (peristiwa) => {
  peristiwa.preventDefault();
  const isi = Object.fromEntries(new FormData(peristiwa.target));
  const kabar = await minta("baru", JSON.stringify(isi));
  if (kabar.alamat) location.assign(kabar.alamat);
  else cari("pesan-baru").textContent = kabar.pesan || kabar.kata;
});

cari("berkas").addEventListener("change", () => {
  cari("nama-berkas").textContent = cari("berkas").files[0]?.name ?? "belum ada yang dipilih";
});
cari("impor").addEventListener("submit", async (peristiwa) => {
  peristiwa.preventDefault();
  const berkas = cari("berkas").files[0];
  if (!berkas) { kabarkan("kabar-impor", [baris("p", "Pilih berkasnya dahulu.", "berat")]); cari("berkas").focus(); return; }
  kabarkan("kabar-impor", [baris("p", `Membaca ${berkas.name} …`)]);
  const jawab = await minta(`impor?nama=${encodeURIComponent(berkas.name)}`, berkas);
  const draf = (jawab.draf || []).map((satu) => {
    const butir = document.createElement("li");
    butir.append(tautan(satu.alamat, satu.nama), ` – ${satu.ragu ? `${satu.ragu} hal perlu diperiksa` : "terbaca tanpa keraguan"}`);
    return butir;
  });
  const daftar = document.createElement("ul");
  daftar.append(...draf);
  kabarkan("kabar-impor", [hasil(jawab, draf.length ? "Terbaca. Buka drafnya, periksa, lalu jadikan SOP:" : "Selesai."), ...(draf.length ? [daftar] : []), ucapan(jawab, draf.length)]);
});

cari("terbitkan").addEventListener("click", async () => {
  cari("terbitkan").disabled = true;
  kabarkan("kabar-terbit", [baris("p", "Membangun situs …")]);
  const jawab = await minta("terbitkan", "");
  cari("terbitkan").disabled = false;
  kabarkan("kabar-terbit", [hasil(jawab, "Selesai."), ucapan(jawab, false)]);
});

async function minta(alamat, isi) {
  try {
    const surat = await fetch(alamat, { method: "POST", body: isi });
    return surat.headers.get("content-type")?.includes("json") ? await surat.json() : { beres: false, kata: await surat.text() };
  } catch {
    return { beres: false, kata: "Program penyunting tidak menjawab, atau jawabannya tidak dimengerti." };
  }
}

const kabarkan = (tempat, isi) => cari(tempat).replaceChildren(...isi);
const hasil = (jawab, kata) => (jawab.beres ? baris("p", kata) : baris("p", "Tidak berhasil; jawaban program:", "berat"));

function baris(jenis, kata, kelas = "") {
  const satu = document.createElement(jenis);
  satu.textContent = kata;
  satu.className = kelas;
  return satu;
}

function tautan(alamat, kata) {
  const satu = baris("a", kata);
  satu.href = alamat;
  return satu;
}

// What the program says, folded where the page has said what matters of it.
function ucapan(jawab, lipat) {
  const pre = baris("pre", jawab.pesan || jawab.kata);
  pre.tabIndex = 0;
  if (!lipat) return pre;
  const rinci = document.createElement("details");
  rinci.append(baris("summary", "Jawaban program"), pre);
  return rinci;
}
