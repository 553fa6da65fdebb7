
// The start: the data is opened, and what the address names is shown.

/** Shows what the address names; an address within the page is none of ours. */
function follow(first) {
  const address = readAddress();
  if (!address) {
    if (first) openTable(explorer.name, explorer.asked);
    else openDetails();
    return;
  }
  const { name, key, asked } = address;
  const target = key === "" ? undefined : openRecord(name, key);
  if (target) {
    target.focus({ preventScroll: true });
    (name === "companies" ? document.getElementById("explorer") : target).scrollIntoView();
    return;
  }
  openTable(name, asked);
  if (key !== "") explorer.status.textContent = `There is no record ${key}. ${explorer.status.textContent}`;
  document.getElementById("search").scrollIntoView();
}

/** Opens the company of a record, and returns where the record stands; undefined where there is none. */
function openRecord(name, key) {
  const table = tables[name];
  const row = table.rowOf(key);
  if (row === undefined) return undefined;
  if (name === "companies") return openCompany(row);
  return openCompany(tables.companies.rowOf(table.cell(row, "company_id")), key);
}

/** Opens the details that the address leads to. */
function openDetails() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

function say(text) {
  document.getElementById("why-not").textContent = text;
}

async function start() {
  for (const tools of document.querySelectorAll(".save")) tools.hidden = false;
  for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", () => saveChart(button));
  document.getElementById("copy-citation")?.addEventListener("click", copyCitation);
  openDetails();
  if (!canOpen) {
    say("Searching needs a browser that can unpack data (DecompressionStream: Chrome and Edge 80, Firefox 113, Safari 16.4, or later). All records are in the files below.");
    return;
  }
  const opened = await openData();
  names = opened.names;
  datasetName = opened.name;
  for (const plain of opened.tables) tables[plain.name] = new Table(plain);
  if (tables.halts.cells.length === 0) return; // the page says where the rows are
  document.getElementById("explorer").hidden = false;
  document.getElementById("no-explorer").hidden = true;
  document.addEventListener("click", finishAddress, true);
  addEventListener("hashchange", () => follow(false));
  follow(true);
  document.documentElement.dataset.ready = "yes";
}

start().catch((error) => say(`The records could not be opened (${error.message}). All of them are in the files below.`));
