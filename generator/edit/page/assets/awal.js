// A new SOP by its name and unit.
document.getElementById("baru").addEventListener("submit", async (peristiwa) => {
  peristiwa.preventDefault();
  const isi = Object.fromEntries(new FormData(peristiwa.target));
  const jawab = await fetch("/baru", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(isi) });
  const kabar = await jawab.json();
  if (jawab.ok) location.assign(kabar.alamat);
  else document.getElementById("pesan-baru").textContent = kabar.pesan;
});
