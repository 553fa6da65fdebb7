
// A company, with all that is recorded of it in order of time.

/** Opens a company, and in it a record where one is named. */
function openCompany(row, record) {
  document.documentElement.dataset.view = "company"; // which is printed alone
  const companies = tables.companies;
  const id = companies.keyOf(row);
  const records = recordsOf(id);
  const back = explorer.name;
  document.getElementById("explorer").replaceChildren(
    tabs(undefined),
    element("article", { class: "company" },
      element("p", {}, element("a", { href: addressOfTable(back, explorer.asked) }, `Back to the ${views[back].noun[1]}`)),
      element("h3", { tabindex: "-1", id: "company-name" }, data(companies.cell(row, "name"))),
      facts(companies, row),
      element("h4", {}, "In order of time"),
      element("ol", { class: "records" }, records.map(({ table, row: at }) => recordItem(table, at, id))),
      element("h4", {}, "Sources"),
      element("ul", { class: "sources" }, sourcesInOrder(records).map((source) => element("li", {}, sourceOf(source))))),
  );
  const target = record ? document.getElementById(`record-${record}`) : document.getElementById("company-name");
  target.classList.toggle("sought", Boolean(record));
  return target;
}

/** The halts and donations of a company, those of others that it gave with included, in order of time. */
function recordsOf(id) {
  const { halts, donations } = tables;
  const records = halts.rowsWith("company_id", id).map((row) => ({ table: halts, row }));
  const gifts = new Set([...donations.rowsWith("company_id", id), ...donations.rowsWith("joint_company_ids", id)]);
  for (const row of gifts) records.push({ table: donations, row });
  const day = ({ table, row }) => table.cell(row, "announced_start");
  return records.sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
}

/** The sources of some records and of what became of them, each once, in order of time; those without a date come last. */
function sourcesInOrder(records) {
  const { halts, events } = tables;
  const ids = new Set(records.flatMap(({ table, row }) => {
    const steps = table === halts ? events.rowsWith("halt_id", table.keyOf(row)) : [];
    return [...table.list(row, "source_ids"), ...steps.flatMap((step) => events.list(step, "source_ids"))];
  }));
  const published = (id) => {
    const row = tables.sources.rowOf(id);
    return (row === undefined ? "" : tables.sources.cell(row, "published")) || "9999";
  };
  return [...ids].sort((a, b) => (published(a) < published(b) ? -1 : published(a) > published(b) ? 1 : 0));
}

/** What is known of a company apart from its records. */
function facts(companies, row) {
  const id = companies.keyOf(row);
  const company = (at) => element("a", { href: addressOf("companies", companies.keyOf(at)) }, data(companies.cell(at, "name")));
  const parent = companies.rowOf(companies.cell(row, "parent_id"));
  const parts = companies.rowsWith("parent_id", id);
  const donated = companies.cell(row, "donated_eur");
  return terms([
    ["Sector", shown(companies, row, "sector")],
    ["Headquarters", shown(companies, row, "country")],
    ["Part of", parent === undefined ? "" : company(parent)],
    ["Brands and subsidiaries", parts.flatMap((at, i) => (i === 0 ? [company(at)] : [", ", company(at)]))],
    ["Halts", shown(companies, row, "halt_count")],
    ["Donations", shown(companies, row, "donation_count")],
    ["Own cash donated", donated === "" || donated === "0.00" ? "" : inEuros(donated)],
    ["Note", companies.cell(row, "note")],
  ]);
}

/** A list of terms; those that nothing is known of are left out. */
function terms(pairs) {
  const known = pairs.filter(([, value]) => value !== "" && value?.length !== 0);
  return element("dl", { class: "facts" }, known.map(([term, value]) =>
    element("div", {}, element("dt", {}, term), element("dd", {}, typeof value === "string" ? data(value) : value))));
}

/** A halt or a donation as an item of the list. */
function recordItem(table, row, company) {
  const key = table.keyOf(row);
  const isHalt = table.name === "halts";
  return element("li", { class: `record ${table.name}`, id: `record-${key}`, tabindex: "-1" },
    element("p", { class: "when" }, time(table.cell(row, "announced")), " ", element("a", { href: addressOf(table.name, key), "aria-label": `Link to record ${key}` }, "#")),
    element("div", { class: "what" },
      element("h5", {}, element("span", { class: "kind" }, isHalt ? "Halt" : "Donation"), " ", data(isHalt ? haltTitle(table, row) : giftTitle(table, row))),
      element("p", { class: "sentence" }, data(table.cell(row, "description"))),
      isHalt ? haltTerms(table, row) : giftTerms(table, row, company),
      isHalt ? eventList(key) : "",
      sourceList(table, row)));
}

function haltTitle(halts, row) {
  const product = halts.cell(row, "product");
  return `${shown(halts, row, "action")}: ${shown(halts, row, "activity").toLowerCase()}${product === "" ? "" : `, ${product}`}`;
}

function haltTerms(halts, row) {
  return terms([
    ["Where", shown(halts, row, "countries")],
    ["Status", shown(halts, row, "status")],
    ["Took effect", time(halts.cell(row, "effective"))],
    ["Note", halts.cell(row, "note")],
  ]);
}

function giftTitle(donations, row) {
  const sum = amount(donations, row, "amount", "currency");
  return `${shown(donations, row, "type")}${sum === "" ? "" : `: ${sum}`}`;
}

function giftTerms(donations, row, company) {
  const donors = [donations.cell(row, "company_id"), ...donations.list(row, "joint_company_ids")].filter((id) => id !== company);
  const whole = donations.cell(row, "included_in");
  return terms([
    ["In euros", euros(donations, row)],
    ["Stated by the source", amount(donations, row, "stated_amount", "stated_currency")],
    ["In the headline total", donations.cell(row, "counted") === "true" ? "Yes" : "No"],
    ["For", shown(donations, row, "recipient_ids")],
    ["Product", donations.cell(row, "product")],
    ["Together with", donors.flatMap((id, i) => [i === 0 ? "" : ", ", element("a", { href: addressOf("companies", id) }, data(memberName({ ref: "companies" }, id)))])],
    ["Part of", whole === "" ? "" : element("a", { href: addressOf("donations", whole) }, whole)],
    ["Note", donations.cell(row, "note")],
  ]);
}

/** What became of a halt, in order of time. */
function eventList(halt) {
  const { events } = tables;
  const rows = events.rowsWith("halt_id", halt);
  if (rows.length === 0) return "";
  const day = (row) => events.cell(row, "date_start");
  const byTime = [...rows].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
  return element("div", { class: "events" }, element("h6", {}, "What became of it"), element("ol", {}, byTime.map((row) => {
    const others = [shown(events, row, "actor"), events.cell(row, "counterparty")].filter((text) => text !== "").join("; ");
    return element("li", {},
      element("p", {}, element("strong", {}, shown(events, row, "event")), ", ", time(events.cell(row, "date")), element("span", { class: "quiet" }, " (", data(others), ")")),
      element("p", {}, data(events.cell(row, "description"))),
      events.cell(row, "note") === "" ? "" : element("p", { class: "quiet" }, data(events.cell(row, "note"))),
      sourceList(events, row));
  })));
}
