#!/bin/sh
# Contoh: unggah situs umum portal sebagai rilis baru di penyimpanan S3, lalu ganti satu penunjuk. Dijalankan di server
# web sebagai root, di folder yang memuat site/, sesudah 'sop build'. Kembali ke rilis lama: sh rilis.sh rilis-…
set -eu
EMBER=${EMBER:-sop:sop-situs}      # nama di 'rclone config', lalu embernya
SETELAN=${SETELAN:-/etc/nginx/sop}     # di dalamnya satu folder kecil untuk tiap rilis, dan penunjuk 'kini'
RELOAD=${RELOAD:-nginx -s reload}
LAMA=$(readlink "$SETELAN/kini" || true)
BARU=${1:-rilis-$(date +%Y%m%d%H%M%S)}

if [ $# -eq 0 ]; then
  # Yang isinya sama disalin di penyimpanan itu sendiri, hanya yang lain diunggah. --checksum: ukuran dan waktu tidak cukup.
  rclone sync --checksum --fast-list ${LAMA:+--copy-dest "$EMBER/$LAMA"} site/public "$EMBER/$BARU"
  # Kepala keamanan ikut rilisnya: di dalamnya ada sidik skrip halamannya.
  mkdir -p "$SETELAN/$BARU"
  cp -R site/_keamanan/public/. "$SETELAN/$BARU"
  {
    echo "set \$rilis $BARU;"
    for kepala in "$SETELAN/$BARU"/*/; do
      id=$(basename "$kepala")
      if [ "$id" = _portal ]; then letak=/; else letak=/$id/; fi
      cat <<ISI
location $letak {
    error_page 403 404 ${letak}404.html;
    include ${kepala}nginx.conf;
    include $SETELAN/penyimpanan.conf;
    location ~ "/sop/([^/]+)/\1[.]sematan[.]htm\$" { include ${kepala}nginx-sematan.conf; include $SETELAN/penyimpanan.conf; }
    location ~ "[.](bpmn|xml|svg|png|jpe?g)\$" { include ${kepala}nginx-berkas.conf; include $SETELAN/penyimpanan.conf; }
}
ISI
    done
  } > "$SETELAN/$BARU/situs.conf"
fi
test -f "$SETELAN/$BARU/situs.conf"

ln -sfn "$BARU" "$SETELAN/kini"
if ! $RELOAD; then
  if [ -n "$LAMA" ]; then ln -sfn "$LAMA" "$SETELAN/kini"; else rm "$SETELAN/kini"; fi
  echo "Rilis $BARU tidak jadi tayang; yang lama tetap." >&2
  exit 1
fi
echo "Tayang: $BARU"
