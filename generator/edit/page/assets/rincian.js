// The panel of a step → acts.
import { cari, keadaan } from "./tampil.js";
import { laku } from "./kirim.js";
import { mulaiTunjuk } from "./tunjuk.js";
import { bagi, pindah } from "./sunting.js";

function sasaran(pilih) {
  const nilai = pilih.value;
  if (nilai === pilih.dataset.semula) return { keep: true };
  if (nilai === "berikutnya") return {};
  if (nilai === "selesai") return { end: true };
  if (nilai === "lepas") return { loose: true };
  return nilai.startsWith("sop:") ? { sop: nilai.slice(4) } : { row: Number(nilai) };
}

// A box that is ticked; not so where that is refused.
export async function centang(kotak, isi) {
  if (!(await laku(isi))) kotak.checked = !kotak.checked;
}

export const labelCabang = (nomor) => cari(`r-label-${nomor}`)?.value ?? "";

export function ubahRincian(satu) {
  const [tabel, baris] = keadaan.aktif;
  const cabang = satu.closest(".cabang");
  if (satu.closest(".simbol")) aturSimbol();
  else if (satu.name === "bentuk") keputusan(satu.value === "keputusan");
  else if (satu.dataset.gabung) centang(satu, { laku: "gabung", table: tabel, row: baris, column: satu.dataset.gabung, on: satu.checked });
  else if (satu.id === "r-lanjut" || satu.id === "r-putus-lanjut") laku({ laku: "lanjut", table: tabel, row: baris, target: sasaran(cari("r-lanjut")), dashed: cari("r-putus-lanjut").checked });
  else if (cabang) {
    const nomor = Number(cabang.dataset.nomor);
    const target = sasaran(cabang.querySelector("select"));
    laku({ laku: "cabang", table: tabel, row: baris, number: nomor, label: labelCabang(nomor), target, dashed: cabang.querySelector(".putus").checked });
  }
}

export function lakuRincian(satu) {
  if (!keadaan.aktif) return;
  const [tabel, baris] = keadaan.aktif;
  const cabang = satu.closest?.(".cabang");
  const apa = satu.dataset.laku;
  if (satu.classList?.contains("tunjuk")) mulaiTunjuk(tabel, baris, cabang ? Number(cabang.dataset.nomor) : "lanjut");
  else if (satu.classList?.contains("buang")) laku({ laku: "cabang-hapus", table: tabel, row: baris, number: Number(cabang.dataset.nomor) });
  else if (apa === "sisip-bawah") laku({ laku: "langkah-baru", table: tabel, at: baris + 1 });
  else if (apa === "sisip-atas") laku({ laku: "langkah-baru", table: tabel, at: baris });
  else if (apa === "naik") pindah(tabel, baris, -1);
  else if (apa === "turun") pindah(tabel, baris, 1);
  else if (apa === "pecah") bagi(tabel, baris);
  else if (apa === "simbol-baru") laku({ laku: "simbol-baru", table: tabel, row: baris });
  else if (apa === "simbol-hapus") aturSimbol(satu.closest(".simbol"));
  else if (apa === "hapus") laku({ laku: "langkah-hapus", table: tabel, row: baris });
  else if (apa === "cabang-baru") cabangBaru(tabel, baris);
  else if (apa === "keputusan") keputusan(cari(`baris-${tabel}-${baris}`).querySelector("[data-bentuk]").dataset.bentuk !== "keputusan");
}

// The symbols of a step that has several, as they stand in the panel, without one of them.
function aturSimbol(tanpa = null) {
  const [tabel, baris] = keadaan.aktif;
  const semua = [...document.querySelectorAll("#rincian .simbol")].filter((satu) => satu !== tanpa);
  const tempat = semua.map((satu) => Number(satu.dataset.dari));
  const ke = (pilih) => {
    if (pilih.value !== pilih.dataset.semula && pilih.value.startsWith("simbol:")) return { symbol: tempat.indexOf(Number(pilih.value.slice(7))) };
    return pilih.value !== pilih.dataset.semula && pilih.value.startsWith("id:") ? { id: pilih.value.slice(3) } : sasaran(pilih);
  };
  const symbols = semua.map((satu) => {
    const lanjut = satu.querySelector("[id^='s-lanjut-']");
    return {
      shape: satu.querySelector(".bentuk").value,
      actors: [...satu.querySelectorAll("[role=group] input:checked")].map((siapa) => siapa.value),
      text: satu.querySelector(".teks").value,
      ways: [...satu.querySelectorAll(".cabang-simbol")].map((cabang) => [cabang.querySelector("input").value, ke(cabang.querySelector("select"))]),
      onward: lanjut ? ke(lanjut) : {},
      was: Number(satu.dataset.dari),
      joined: satu.querySelector(".bersama")?.checked ?? null,
    };
  });
  laku({ laku: "simbol", table: tabel, row: baris, symbols });
}

function cabangBaru(tabel, baris) {
  const nomor = document.querySelectorAll("#rincian .cabang").length;
  laku({ laku: "cabang", table: tabel, row: baris, number: nomor, label: `Pilihan ${nomor + 1}`, target: {} });
}

async function keputusan(jadi) {
  const [tabel, baris] = keadaan.aktif;
  const kabar = await laku({ laku: "keputusan", table: tabel, row: baris, on: jadi });
  if (kabar && jadi) mulaiTunjuk(tabel, baris, 1);
}
