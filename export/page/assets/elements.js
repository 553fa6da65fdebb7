
// The elements that the page is made of. Texts become text nodes, never markup.

/** Makes an element. Attributes that are false or undefined are left out; those named on… are listeners. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return made;
}

/** A text from the data, which keeps its direction to itself. */
function data(text) {
  return element("bdi", {}, text);
}

/** A link to another site, or the plain text where the address is none of http or https. */
function outward(address, text) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return data(text);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return data(text);
  return element("a", { href: url.href, rel: "noopener noreferrer" }, data(text));
}

/** A date with its EDTF text for programs. */
function time(edtf) {
  return edtf === "" ? "" : element("time", { datetime: edtf.replace(/[?~%]/, "") }, inWords(edtf));
}

/** The sources of a record, each with publisher, date and language. */
function sourceList(table, row) {
  return element("ul", { class: "sources" }, table.list(row, "source_ids").map((id) => element("li", {}, sourceOf(id))));
}

/** One source: its publisher, linked, its date and its language. */
function sourceOf(id) {
  const sources = tables.sources;
  const row = sources.rowOf(id);
  if (row === undefined) return [data(id)];
  const about = [sources.cell(row, "published") === "" ? "no date" : shown(sources, row, "published"), shown(sources, row, "language")];
  return [outward(sources.cell(row, "url"), sources.cell(row, "publisher")), element("span", { class: "quiet" }, `, ${about.join(", ")}`)];
}

/** An amount in euros, with its rate on demand. */
function euros(table, row) {
  const inEUR = table.cell(row, "amount_eur");
  if (inEUR === "") return "";
  const text = inEuros(inEUR);
  if (table.cell(row, "currency") === "EUR") return element("span", {}, text);
  const rate = `${table.cell(row, "fx_rate")} ${table.cell(row, "currency")} for one euro, ${rateDay(table, row)}`;
  return element("details", { class: "rate" }, element("summary", {}, text), element("span", { class: "quiet" }, rate));
}

/** The day or the month of a rate, and how it fits. */
function rateDay(table, row) {
  const day = inWords(table.cell(row, "fx_date"));
  switch (table.cell(row, "fx_status")) {
    case "month_average": return `the mean of ${day}`;
    case "previous_day": return `of ${day}, the last day before with a rate`;
    default: return `of ${day}`;
  }
}
