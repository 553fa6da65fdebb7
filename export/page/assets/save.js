
// Saving what the page shows.

/** Saves a file under a name. */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Saves the chart that a button belongs to. Its colours are those of its attributes: light, for a report. */
async function saveChart(button) {
  const { chart, save: format } = button.dataset;
  const drawing = document.querySelector(`#figure-${chart} .wide svg`);
  const svg = new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" });
  save(format === "svg" ? svg : await painted(svg, drawing.viewBox.baseVal), `${datasetName}-${chart}.${format}`);
}

/** Paints a drawing, two dots to a pixel. */
async function painted(svg, { width, height }) {
  const picture = new Image();
  picture.src = URL.createObjectURL(svg);
  await picture.decode();
  const canvas = element("canvas", { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(picture.src);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** Copies the citation, or selects it where the page may not. */
async function copyCitation() {
  const citation = document.getElementById("citation");
  const said = document.getElementById("copied");
  try {
    await navigator.clipboard.writeText(citation.textContent);
    said.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(citation);
    said.textContent = "Selected; copy it from here.";
  }
}
