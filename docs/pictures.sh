#!/usr/bin/env bash
# Renews the pictures of the README from the built-in dataset. It needs Go, LibreOffice (libreoffice-calc),
# poppler-utils, chromium and fonts-liberation.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

go run . export -q -f xlsx -f page -o "$temp/out"
soffice -env:UserInstallation="file://$temp/profile" --headless --convert-to pdf --outdir "$temp" "$temp"/out/*.xlsx >/dev/null

# overview is the first page that begins with the title of the key figures.
overview=1
until pdftotext -f "$overview" -l "$overview" "$temp"/*.pdf - | head -n 1 | grep -q 'Key figures'; do
	overview=$((overview + 1))
done
# Its charts are on the page behind; the upper half of the first page has the figures and the timeline.
pdftoppm -r 100 -x 20 -y 20 -W 780 -H 640 -f "$overview" -l "$overview" -png -singlefile "$temp"/*.pdf docs/workbook

chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$temp/chromium" --window-size=1280,1000 \
	--virtual-time-budget=10000 --screenshot=docs/page.png "file://$temp/out/index.html" >/dev/null 2>&1
