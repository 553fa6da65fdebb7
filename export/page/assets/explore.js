
// The table that people search, with its filters.

const rowsAPage = 50;

/** How many values a menu offers at most; those of a column with more are found by searching. */
const mostChoices = 1000;

/** The explorer: one table at a time, and what it is asked for. Its parts are made when another table is opened. */
const explorer = { name: "halts", asked: new URLSearchParams(), rows: [] };

/** Opens a table with what it is asked for. */
function openTable(name, asked) {
  document.documentElement.dataset.view = "table";
  explorer.name = name;
  explorer.asked = asked;
  const table = tables[name];
  explorer.status = element("p", { class: "count", role: "status" });
  explorer.body = element("div", { class: "rows" });
  explorer.pages = element("nav", { class: "pages", "aria-label": "Pages of the table" });
  document.getElementById("explorer").replaceChildren(
    tabs(name),
    element("form", { class: "filters", role: "search", "aria-label": `Search the ${views[name].noun[1]}`, onsubmit: (event) => event.preventDefault() },
      searchBox(table), element("div", { class: "fields" }, views[name].filters.filter((filter) => table.has(filter)).map((filter) => filterField(table, filter)))),
    element("div", { class: "bar" }, explorer.status, element("div", { class: "tools" },
      element("button", { type: "button", onclick: clearFilters }, "Clear all"),
      columnChoice(table),
      element("button", { type: "button", onclick: saveRows }, "Save these rows as CSV"))),
    explorer.body,
    explorer.pages,
  );
  showRows();
  setTimeout(prepareSearch, 500, table);
}

/** Links to the tables that can be searched. */
function tabs(current) {
  return element("nav", { class: "tabs", "aria-label": "Tables to search" }, Object.keys(views).map((name) =>
    element("a", { href: `#/${name}`, "aria-current": name === current ? "page" : undefined },
      tables[name].title, " ", element("span", { class: "quiet" }, grouped(String(tables[name].rows))))));
}

function searchBox(table) {
  return element("label", { class: "search" }, element("span", {}, `Search the ${views[table.name].noun[1]}`),
    element("input", { type: "search", name: "q", value: explorer.asked.get("q") ?? "", autocomplete: "off", spellcheck: "false", maxlength: "200",
      placeholder: "A company, a product, a place, a publisher…", oninput: (event) => ask("q", event.target.value) }));
}

/** The control of one filter. */
function filterField(table, name) {
  const column = table.column(name);
  switch (filterKind(column)) {
    case "range": return rangeField(column, "number", { min: "0", step: "any", inputmode: "decimal" });
    case "period": return rangeField(column, "date", {});
    default: return choiceField(table, column);
  }
}

function rangeField(column, type, attributes) {
  const [from = "", to = ""] = (explorer.asked.get(column.name) ?? "").split("..");
  const input = (value, label) => element("input", { ...attributes, type, value, "aria-label": `${titleOf(column)}, ${label}`, oninput: change });
  const first = input(from, "from");
  const last = input(to, "to");
  function change() {
    ask(column.name, first.value === "" && last.value === "" ? "" : `${first.value}..${last.value}`);
  }
  return element("fieldset", { class: "range" }, element("legend", {}, titleOf(column)), first, element("span", { "aria-hidden": "true" }, "to"), last);
}

function choiceField(table, column) {
  const wanted = explorer.asked.get(column.name) ?? "";
  const choices = choicesOf(table, column);
  if (choices.length > mostChoices) return "";
  const options = choices.map(({ value, label, count }) =>
    element("option", { value, selected: value === wanted }, `${label} (${grouped(String(count))})`));
  return element("label", { class: "choice" }, element("span", {}, titleOf(column)),
    element("select", { name: column.name, onchange: (event) => ask(column.name, event.target.value) }, element("option", { value: "" }, "All"), options));
}

/** The values that a column has, with what people read for them and how many rows there are, in order of the names. */
function choicesOf(table, column) {
  const counts = new Map();
  for (let row = 0; row < table.rows; row++) {
    const members = column.type === "list" ? table.list(row, column.name) : [table.cell(row, column.name)];
    for (const member of members) if (member !== "") counts.set(member, (counts.get(member) ?? 0) + 1);
  }
  const labelOf = (value) => (column.type === "boolean" ? (value === "true" ? "Yes" : "No") : short(memberName(column, value)));
  return [...counts].map(([value, count]) => ({ value, count, label: labelOf(value) })).sort((a, b) => collator.compare(a.label, b.label));
}

/** A label that is no longer than a menu can show. */
function short(text) {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A menu of the columns to show. */
function columnChoice(table) {
  const chosen = new Set(columnsFor(table, explorer.asked));
  const boxes = table.columns.map((column) => element("label", {},
    element("input", { type: "checkbox", value: column.name, checked: chosen.has(column.name), disabled: column.name === views[table.name].name, onchange: change }),
    ` ${titleOf(column)}`));
  function change() {
    const wanted = boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value);
    const order = [...columnsFor(table, explorer.asked).filter((name) => wanted.includes(name))];
    ask("columns", [...order, ...wanted.filter((name) => !order.includes(name))].join(","));
  }
  return element("details", { class: "menu", onkeydown: closeOnEscape }, element("summary", {}, "Columns"),
    element("fieldset", {}, element("legend", {}, "Columns to show"), boxes));
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  event.currentTarget.open = false;
  event.currentTarget.firstChild.focus();
}

/** Asks the table for something else, and shows what fits. */
function ask(name, value) {
  if (value === "") explorer.asked.delete(name);
  else explorer.asked.set(name, value);
  if (name !== "page") explorer.asked.delete("page");
  showRows();
  writeAddress(addressOfTable(explorer.name, explorer.asked));
}

function clearFilters() {
  openTable(explorer.name, new URLSearchParams());
  writeAddress(`#/${explorer.name}`);
  document.querySelector("#explorer input[type=search]").focus();
}

/** Shows the rows that fit; only those of one page stand in the document. */
function showRows() {
  const table = tables[explorer.name];
  explorer.rows = rowsFor(table, explorer.asked);
  const pages = Math.max(1, Math.ceil(explorer.rows.length / rowsAPage));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(explorer.asked.get("page"))) || 1));
  const shownRows = explorer.rows.slice((page - 1) * rowsAPage, page * rowsAPage);
  explorer.status.textContent = explorer.rows.length === table.rows
    ? counted(table.rows, views[table.name].noun)
    : `${grouped(String(explorer.rows.length))} of ${counted(table.rows, views[table.name].noun)}`;
  explorer.body.replaceChildren(shownRows.length === 0
    ? element("p", { class: "nothing" }, "Nothing fits. Take a filter away, or search for fewer words.")
    : tableOf(table, shownRows));
  showPages(page, pages);
}

/** A table of some rows. The roles are written out, since a phone shows its rows as cards. */
function tableOf(table, rows) {
  const columns = columnsFor(table, explorer.asked).map((name) => table.column(name));
  const order = orderOf(table, explorer.asked);
  const head = element("tr", { role: "row" }, columns.map((column) => headOf(column, order)));
  const body = rows.map((row) => element("tr", { role: "row" }, columns.map((column, i) => (i === 0
    ? element("th", { scope: "row", role: "rowheader", class: "name" }, rowName(table, row, column))
    : element("td", { role: "cell", class: cellClass(column), "data-title": titleOf(column) }, cellContent(table, row, column))))));
  return element("table", { role: "table", "aria-label": table.title }, element("thead", { role: "rowgroup" }, head), element("tbody", { role: "rowgroup" }, body));
}

function headOf(column, order) {
  const isOrder = column.name === order.name;
  const direction = isOrder ? (order.descending ? "descending" : "ascending") : undefined;
  return element("th", { scope: "col", role: "columnheader", class: cellClass(column), "aria-sort": direction },
    element("button", { type: "button", "data-sort": column.name, onclick: () => sortBy(column.name, isOrder && !order.descending) }, titleOf(column)));
}

function sortBy(name, descending) {
  ask("sort", `${descending ? "-" : ""}${name}`);
  explorer.body.querySelector(`[data-sort="${name}"]`).focus();
}

function cellClass(column) {
  if (column.type === "decimal" || column.type === "integer") return "number";
  return ["description", "note", "source_ids"].includes(column.name) ? "long" : undefined;
}

/** What names a row: its company, and a link to the record itself. */
function rowName(table, row, column) {
  const company = table.cell(row, "company_id");
  const name = element("a", { href: addressOf("companies", company) }, data(table.cell(row, column.name)));
  if (table.name === "companies") return name;
  const key = table.keyOf(row);
  return [name, " ", element("a", { class: "record", href: addressOf(table.name, key), "aria-label": `Record ${key}`, title: "Link to this record" }, "#")];
}

/** What a cell shows. */
function cellContent(table, row, column) {
  const cell = table.cell(row, column.name);
  if (cell === "") return "";
  switch (column.name) {
    case "source_ids": return sourceList(table, row);
    case "amount": return amount(table, row, "amount", "currency");
    case "stated_amount": return amount(table, row, "stated_amount", "stated_currency");
    case "amount_eur": return euros(table, row);
    case "url": return outward(cell, cell);
    case "source_urls": return table.list(row, column.name).filter(Boolean).map((url) => [outward(url, url), " "]).flat();
  }
  if (column.type === "date (EDTF)" || column.type === "day") return time(cell);
  return data(shown(table, row, column.name));
}

/** Links to the other pages of a table. */
function showPages(page, pages) {
  const go = (label, to) => element("button", { type: "button", disabled: to < 1 || to > pages, onclick: () => turn(to, label) }, label);
  explorer.pages.replaceChildren(...(pages === 1 ? [] : [go("Previous", page - 1), element("span", {}, `Page ${grouped(String(page))} of ${grouped(String(pages))}`), go("Next", page + 1)]));
}

function turn(page, label) {
  ask("page", page === 1 ? "" : String(page));
  const buttons = [...explorer.pages.querySelectorAll("button")];
  (buttons.find((button) => button.textContent === label && !button.disabled) ?? buttons.find((button) => !button.disabled))?.focus();
  document.querySelector("#explorer .bar").scrollIntoView();
}

function saveRows() {
  save(new Blob([csvOf(tables[explorer.name], explorer.rows)], { type: "text/csv" }), `${datasetName}-${explorer.name}.csv`);
}
