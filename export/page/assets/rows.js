
// Which rows of a table are shown, and in which order.

/** The tables that are searched: their columns at first, their order, and what they are filtered by. */
const views = {
  companies: {
    noun: ["company", "companies"],
    name: "name",
    columns: ["name", "sector", "country", "halt_count", "donation_count", "first_announced", "donated_eur"],
    sort: "name",
    filters: ["sector", "country", "donated_eur"],
  },
  halts: {
    noun: ["halt", "halts"],
    name: "company",
    columns: ["company", "announced", "action", "activity", "countries", "status", "outcome", "description", "source_ids"],
    sort: "-announced",
    filters: ["sector", "company_country", "countries", "action", "activity", "status", "outcome", "announced"],
  },
  donations: {
    noun: ["donation", "donations"],
    name: "company",
    columns: ["company", "announced", "type", "amount", "amount_eur", "recipient_ids", "description", "source_ids"],
    sort: "-announced",
    filters: ["sector", "company_country", "type", "recipient_ids", "currency", "counted", "announced", "amount_eur"],
  },
};

/** What the columns that the page puts together are called there, whatever the file calls them. */
const titles = { source_ids: "Sources", recipient_ids: "Recipients", joint_company_ids: "Joint donors", parent_id: "Parent", included_in: "Included in" };

function titleOf(column) {
  return titles[column.name] ?? column.title;
}

const collator = new Intl.Collator("en", { numeric: true });

/** All rows in the order of a column, kept for the next time. Empty cells come last, whichever way. */
function rowsInOrder(table, name, descending) {
  table.orders ??= new Map();
  const wanted = `${descending ? "-" : ""}${name}`;
  if (!table.orders.has(wanted)) table.orders.set(wanted, sortRows(table, name, descending));
  return table.orders.get(wanted);
}

function sortRows(table, name, descending) {
  const column = table.column(name);
  const isNumber = column.type === "decimal" || column.type === "integer";
  const isDate = column.type === "day" || column.type === "date (EDTF)";
  const keys = Array.from({ length: table.rows }, (_, row) => {
    const cell = table.cell(row, name);
    if (cell === "") return "";
    if (isNumber) return Number(cell);
    return isDate ? cell.replace(/[?~%]/, "") : shown(table, row, name);
  });
  const compare = isNumber ? (a, b) => a - b : isDate ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : collator.compare;
  const sign = descending ? -1 : 1;
  return Array.from(keys.keys()).sort((a, b) => {
    if (keys[a] === "" || keys[b] === "") return (keys[a] === "") - (keys[b] === "");
    return sign * compare(keys[a], keys[b]) || a - b;
  });
}

/** What a search looks through in each row: all texts, and what people read for them. */
function haystacks(table) {
  gatherHaystacks(table, table.rows);
  return table.haystacks;
}

/** Gathers what a search looks through before somebody searches, a little at a time. */
function prepareSearch(table) {
  const step = 2000;
  const gathered = table.haystacks?.length ?? 0;
  if (gathered === table.rows) return;
  gatherHaystacks(table, Math.min(gathered + step, table.rows));
  setTimeout(prepareSearch, 0, table);
}

function gatherHaystacks(table, until) {
  table.haystacks ??= [];
  for (let row = table.haystacks.length; row < until; row++) table.haystacks.push(haystack(table, row));
}

function haystack(table, row) {
  const texts = [];
  for (const column of table.columns) {
    if (column.type === "decimal" || column.type === "integer" || column.type === "boolean" || column.type === "day") continue;
    const cell = table.cell(row, column.name);
    if (cell === "") continue;
    texts.push(cell);
    if (column.names || column.ref || column.type === "date (EDTF)") texts.push(shown(table, row, column.name));
  }
  return folded(texts.join("\n"));
}

/** The kind of filter that fits a column. */
function filterKind(column) {
  switch (column.type) {
    case "decimal": case "integer": return "range";
    case "day": case "date (EDTF)": return "period";
    default: return "choice";
  }
}

/** The rows that fit what a table is asked for, in its order. */
function rowsFor(table, asked) {
  const view = views[table.name];
  const words = folded(asked.get("q") ?? "").split(/\s+/).filter((word) => word !== "");
  const tests = [];
  for (const name of view.filters) {
    const wanted = asked.get(name);
    if (wanted && table.has(name)) tests.push(testOf(table, name, wanted));
  }
  if (words.length > 0) {
    const texts = haystacks(table);
    tests.push((row) => words.every((word) => texts[row].includes(word)));
  }
  const { name, descending } = orderOf(table, asked);
  return rowsInOrder(table, name, descending).filter((row) => tests.every((test) => test(row)));
}

/** The column that orders the rows, and which way. */
function orderOf(table, asked) {
  const wanted = asked.get("sort") ?? views[table.name].sort;
  const name = wanted.replace(/^-/, "");
  return table.has(name) ? { name, descending: wanted.startsWith("-") } : orderOf(table, new URLSearchParams());
}

/** A test of rows for one filter. A period is from..to, and so is a range of numbers; either side may be open. */
function testOf(table, name, wanted) {
  const column = table.column(name);
  const [from, to = ""] = wanted.split("..");
  switch (filterKind(column)) {
    case "range":
      return (row) => {
        const cell = table.cell(row, name);
        return cell !== "" && (from === "" || Number(cell) >= Number(from)) && (to === "" || Number(cell) <= Number(to));
      };
    case "period":
      return (row) => {
        const start = table.cell(row, `${name}_start`) || table.cell(row, name);
        const end = table.cell(row, `${name}_end`) || table.cell(row, name);
        return start !== "" && (from === "" || end >= from) && (to === "" || start <= to);
      };
    default:
      if (column.type === "list") return (row) => table.list(row, name).includes(wanted);
      return (row) => table.cell(row, name) === wanted;
  }
}

/** The columns that are shown: those asked for, else those of the view. The one that names the row is always the first. */
function columnsFor(table, asked) {
  const view = views[table.name];
  const wanted = asked.get("columns")?.split(",") ?? view.columns;
  return [view.name, ...wanted.filter((name) => name !== view.name)].filter((name) => table.has(name));
}

/** Rows of a table as CSV, with all its columns: a part of the file of the export. */
function csvOf(table, rows) {
  const line = (cells) => `${cells.map(csvCell).join(",")}\n`;
  const head = line(table.columns.map((column) => column.name));
  return head + rows.map((row) => line(table.cells.map((cells) => cells[row]))).join("");
}

function csvCell(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
