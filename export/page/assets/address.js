
// What the page shows stands behind the # of its address, so that it can be kept and sent: #/halts?sector=retail is a
// table with its filters, #/companies/sony a company, #/halts/sony-shipments-1 a record.

/** Reads the address: a table, a key or "", and what the table is asked for. Undefined where it names no table. */
function readAddress() {
  const [path, query = ""] = location.hash.replace(/^#/, "").split("?", 2);
  const [start, name, key = ""] = path.split("/");
  if (start !== "" || !Object.hasOwn(views, name ?? "") || !tables[name]) return undefined;
  return { name, key: safeDecode(key), asked: new URLSearchParams(query) };
}

function safeDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a record. */
function addressOf(table, key) {
  return `#/${table}/${encodeURIComponent(key)}`;
}

/** The address of a table and what it is asked for. */
function addressOfTable(name, asked) {
  const query = asked.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return `#/${name}${query === "" ? "" : `?${query}`}`;
}

let unwritten;
let writing;

/** Writes the address without a new step in the history; soon, since browsers take only so many a minute. */
function writeAddress(address) {
  unwritten = address;
  clearTimeout(writing);
  writing = setTimeout(finishAddress, 250);
}

/** Writes what is not yet written, before a link leads on. */
function finishAddress() {
  clearTimeout(writing);
  if (unwritten !== undefined) history.replaceState(history.state, "", unwritten);
  unwritten = undefined;
}
