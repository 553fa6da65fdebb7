
// What people read where cells hold codes, dates and numbers.

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const languages = new Intl.DisplayNames(["en"], { type: "language" });

/** The name of a code of a list; the code itself where it has none. */
function nameOf(list, code) {
  return names[list]?.[code] ?? code;
}

/** An EDTF date as precise as it is: March 2022, about 9 March 2022. */
function inWords(edtf) {
  const [, year, month, day, qualifier] = /^(\d+)(?:-(\d\d))?(?:-(\d\d))?([?~%]?)$/.exec(edtf) ?? [];
  if (year === undefined) return edtf;
  let text = year;
  if (month) text = `${months[month - 1]} ${text}`;
  if (day) text = `${Number(day)} ${text}`;
  if (qualifier === "~" || qualifier === "%") text = `about ${text}`;
  if (qualifier === "?" || qualifier === "%") text = `${text} (uncertain)`;
  return text;
}

/** A number with a comma between each three digits before the point. */
function grouped(number) {
  const [whole, part] = number.split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined ? digits : `${digits}.${part}`;
}

/** A sum in euros, with its cents where there are any. */
function inEuros(sum) {
  return `EUR ${grouped(sum.replace(/\.00$/, ""))}`;
}

/** A count with its noun. */
function counted(n, noun) {
  const [one, many] = noun;
  return `${grouped(String(n))} ${n === 1 ? one : many}`;
}

function languageName(tag) {
  try {
    return languages.of(tag);
  } catch {
    return tag;
  }
}

/** The text of a cell for people, on one line. */
function shown(table, row, name) {
  const column = table.column(name);
  const cell = table.cell(row, name);
  if (cell === "") return "";
  if (column.type === "list") return table.list(row, name).map((member) => memberName(column, member)).join(", ");
  if (column.names) return nameOf(column.names, cell);
  if (column.ref) return memberName(column, cell);
  switch (column.type) {
    case "boolean": return cell === "true" ? "Yes" : "No";
    case "decimal": case "integer": return grouped(cell);
    case "day": case "date (EDTF)": return inWords(cell);
    default: return name === "language" ? languageName(cell) : cell;
  }
}

/** What people read for a member of a list: the name of a code, or of the record with that key. */
function memberName(column, member) {
  if (column.names) return nameOf(column.names, member);
  const table = tables[column.ref];
  const row = table?.rowOf(member);
  if (row === undefined) return member;
  return table.cell(row, "name") || table.cell(row, "publisher") || member;
}

/** An amount in its currency: at least USD 2,000,000. */
function amount(table, row, field, currency) {
  const cell = table.cell(row, field);
  if (cell === "") return "";
  const qualifier = field === "amount" ? table.cell(row, "amount_qualifier") : "";
  const text = `${table.cell(row, currency)}\u00a0${grouped(cell)}`;
  return qualifier === "" ? text : `${nameOf("amount_qualifier", qualifier).toLowerCase()} ${text}`;
}

/** A text without case and marks, so that a search finds Jeronimo in Jerónimo. */
function folded(text) {
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.toLowerCase();
}
