// What the server tells → the page, without taking the caret away from whoever types.
export const keadaan = { revisi: -1, tampilan: "", isi: {}, catatan: [], aktif: null };
export const sibuk = new Set(); // fields whose text is on its way

const inti = (teks) => teks.split("\n").map((satu) => satu.trim()).filter(Boolean).join("\n");
export const cari = (id) => document.getElementById(id);

export function terima(kabar) {
  if (kabar.revisi < keadaan.revisi) return; // overtaken on the way by an answer to what was typed meanwhile
  const fokus = ingatFokus();
  const lain = kabar.tampilan !== keadaan.tampilan;
  keadaan.revisi = kabar.revisi;
  if (kabar.baris.length !== document.querySelectorAll("[data-lembar]").length) { location.reload(); return; }
  if (lain) tampilkan(kabar);
  if (keadaan.aktif) rincian(kabar.rincian);
  kabarkan(kabar.keadaan);
  tugaskan(kabar.tugas, kabar.keadaan.tersimpan);
  if (kabar.kabar) beritahu("kabar", kabar.kabar, [["Mengerti", "tutup-kabar"]]);
  tandai();
  kembalikanFokus(fokus, kabar.fokus);
}

function tampilkan(kabar) {
  keadaan.tampilan = kabar.tampilan;
  kabar.baris.forEach((banyak, tabel) => samakanBaris(tabel, banyak));
  for (const [id, html] of Object.entries(kabar.bagian)) if (cari(id)) ganti(cari(id), html);
  Object.assign(keadaan.isi, kabar.isi);
  const baru = Object.keys(kabar.bagian).some((id) => !sel(id)); // fields have come anew, without their texts
  for (const bidang of baru ? document.querySelectorAll("textarea[id]") : Object.keys(kabar.isi).map(cari)) if (bidang) isi(bidang);
  if (kabar.catatan) keadaan.catatan = kabar.catatan;
  if (kabar.catatan || baru) tempatkan(keadaan.catatan);
}

function samakanBaris(tabel, banyak) {
  const badan = cari(`badan-${tabel}`);
  while (badan.rows.length > banyak) badan.deleteRow(-1);
  while (badan.rows.length < banyak) badan.insertRow().id = `baris-${tabel}-${badan.rows.length - 1}`;
}

const sel = (id) => id.startsWith("sel-");

// The server's own templates: every text in them is escaped.
function ganti(tempat, html) {
  if (sel(tempat.id)) {
    const cetakan = document.createElement("template");
    cetakan.innerHTML = html;
    samakan(tempat, cetakan.content);
    return;
  }
  const terbuka = [...tempat.querySelectorAll("details[open]")].map((satu) => satu.id);
  tempat.innerHTML = html;
  for (const satu of terbuka) if (satu && cari(satu)) cari(satu).open = true;
}

// What is the same in a cell stays, and so the button that has the focus.
function samakan(lama, baru) {
  const isi = [...baru.childNodes];
  isi.forEach((satu, n) => {
    const ada = lama.childNodes[n];
    if (!ada) lama.append(satu);
    else if (ada.isEqualNode(satu)) return;
    else if (ada.nodeName !== satu.nodeName || ada.nodeType !== Node.ELEMENT_NODE) ada.replaceWith(satu);
    else {
      for (const nama of ada.getAttributeNames()) if (!satu.hasAttribute(nama)) ada.removeAttribute(nama);
      for (const { name, value } of satu.attributes) if (ada.getAttribute(name) !== value) ada.setAttribute(name, value);
      samakan(ada, satu);
    }
  });
  while (lama.childNodes.length > isi.length) lama.lastChild.remove();
}

function isi(bidang) {
  const teks = keadaan.isi[bidang.id];
  if (teks === undefined || sibuk.has(bidang.id)) return ukur(bidang);
  const milik = bidang === document.activeElement && inti(bidang.value) === inti(teks);
  if (!milik && bidang.value !== teks) bidang.value = teks;
  ukur(bidang);
}

export function ukur(bidang) {
  if (bidang.parentElement.dataset.isi !== bidang.value) bidang.parentElement.dataset.isi = bidang.value;
}

function tempatkan(catatan) {
  const menurut = new Map();
  for (const satu of catatan) {
    if (!satu.tempat) continue;
    if (!menurut.has(satu.tempat)) menurut.set(satu.tempat, []);
    menurut.get(satu.tempat).push(satu);
  }
  for (const tempat of document.querySelectorAll(".pesan[id^='pesan-']")) {
    const semua = menurut.get(tempat.id.slice(6)) || [];
    const tanda = JSON.stringify(semua);
    if (tempat.dataset.tanda === tanda) continue;
    tempat.dataset.tanda = tanda;
    tempat.previousElementSibling?.classList.toggle("salah", semua.some((satu) => satu.galat));
    tempat.replaceChildren(...semua.map((satu) => {
      const p = document.createElement("p");
      p.className = satu.galat ? "galat" : "saran";
      p.textContent = (satu.galat ? "" : "Saran: ") + satu.teks + (satu.saran ? ` – ${satu.saran}` : "");
      return p;
    }));
  }
}

function kabarkan(kata) {
  const tempat = cari("keadaan");
  const teks = kata.galat ? `${kata.kata} · ${kata.galat} harus dibetulkan` : kata.kata;
  if (tempat.textContent !== teks) tempat.textContent = teks;
  tempat.className = kata.tersimpan ? "tersimpan" : "draf";
  tombol("urung", "Urungkan", kata.urung);
  tombol("ulang", "Ulangi", kata.ulang);
  if (cari("simpan")) cari("simpan").disabled = kata.tersimpan;
  if (kata.luar) {
    beritahu("luar", "Berkas SOP ini diubah oleh program lain, padahal di sini ada yang belum disimpan. Yang tidak dipakai tetap ada di riwayat.",
      [["Pakai yang di halaman ini", "pilih-sini"], ["Pakai yang dari luar", "pilih-luar"]]);
  } else diamkan("luar");
  if (kata.rusak) beritahu("rusak", "Catatan riwayat sebagian rusak dan dipindahkan ke jurnal.rusak; yang tampil di sini adalah keadaan terakhir yang terbaca.", []);
}

// What the four-eyes rule asks of whoever looks at the page.
function tugaskan(tugas, tersimpan) {
  if (!tugas) return;
  cari("usul").disabled = tugas.apa === "tunggu" || tugas.apa === "periksa" || (tersimpan && !cari("simpan"));
  if (tugas.apa === "periksa") beritahu("tugas", `${tugas.oleh} mengusulkan isi ini. Periksa, misalnya dengan Banding, lalu setujui atau kembalikan.`, [["Setujui dan simpan", "setujui"], ["Kembalikan …", "kembalikan"]]);
  else if (tugas.apa === "tunggu") beritahu("tugas", `Diusulkan ${tugas.oleh}; menunggu diperiksa orang lain. Bila diubah lagi, harus diusulkan lagi.`);
  else if (tugas.apa === "perbaiki") beritahu("tugas", `Dikembalikan ${tugas.oleh}: ${tugas.kata}`);
  else diamkan("tugas");
}

function tombol(id, kata, apa) {
  const satu = cari(id);
  satu.disabled = !apa;
  satu.setAttribute("aria-label", apa ? `${kata}: ${apa}` : kata);
}

export function beritahu(kunci, teks, pilihan = []) {
  let kotak = document.querySelector(`[data-berita="${kunci}"]`);
  if (!kotak) {
    kotak = document.createElement("div");
    kotak.dataset.berita = kunci;
    kotak.className = "berita";
    cari("pemberitahuan").append(kotak);
  }
  if (kotak.dataset.teks === teks) return;
  kotak.dataset.teks = teks;
  const p = document.createElement("p");
  p.textContent = teks;
  kotak.replaceChildren(p, ...pilihan.map(([kata, laku]) => {
    const satu = document.createElement("button");
    satu.type = "button";
    satu.textContent = kata;
    satu.dataset.berita_laku = laku;
    return satu;
  }));
}

export function diamkan(kunci) {
  document.querySelector(`[data-berita="${kunci}"]`)?.remove();
}

export function rincian(html) {
  const tempat = cari("rincian");
  tempat.hidden = !html;
  document.body.classList.toggle("berincian", Boolean(html));
  if (html && tempat.dataset.html !== html) {
    tempat.dataset.html = html;
    const fokus = ingatFokus();
    tempat.innerHTML = html;
    kembalikanFokus(fokus, "");
  }
}

export function tandai() {
  const kini = keadaan.aktif && cari(`baris-${keadaan.aktif[0]}-${keadaan.aktif[1]}`);
  for (const baris of document.querySelectorAll("tr.aktif")) if (baris !== kini) baris.classList.remove("aktif");
  kini?.classList.add("aktif");
}

function ingatFokus() {
  const satu = document.activeElement;
  if (!satu || !satu.id) return null;
  const teks = satu.tagName === "TEXTAREA" || satu.type === "text";
  return { id: satu.id, dari: teks ? satu.selectionStart : 0, sampai: teks ? satu.selectionEnd : 0, teks, nilai: satu.value };
}

function kembalikanFokus(ingat, tuju) {
  if (tuju && cari(tuju)) { cari(tuju).focus(); return; }
  if (!ingat || document.activeElement?.id === ingat.id) return;
  const satu = cari(ingat.id);
  if (!satu || satu.disabled) return;
  satu.focus({ preventScroll: true });
  if (ingat.teks) satu.setSelectionRange(ingat.dari, ingat.sampai);
}
