"use strict";

// The data of the page: opened once, then looked up.

/** Whether this browser can unpack the data. */
const canOpen = typeof DecompressionStream === "function";

/** Unpacks the data that stands in the page. */
async function openData() {
  const text = atob(document.getElementById("data").textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(unpacked).text());
}

/** A table with its cells by column, every cell the text that the CSV file has. */
class Table {
  constructor(plain) {
    Object.assign(this, plain);
    this.places = new Map(this.columns.map((column, i) => [column.name, i]));
    this.key = this.columns.findIndex((column) => column.key);
  }

  has(column) { return this.places.has(column); }

  column(name) { return this.columns[this.places.get(name)]; }

  /** The cell of a row; empty where there is no such column. */
  cell(row, name) {
    const place = this.places.get(name);
    return place === undefined ? "" : this.cells[place][row];
  }

  /** The members of a list in a cell. */
  list(row, name) {
    const cell = this.cell(row, name);
    return cell === "" ? [] : cell.split(";");
  }

  keyOf(row) { return this.cells[this.key][row]; }

  /** The row of a key, or undefined. */
  rowOf(key) {
    this.rowsByKey ??= new Map(this.cells[this.key].map((cell, row) => [cell, row]));
    return this.rowsByKey.get(key);
  }

  /** The rows that have a text in a column, or as a member of a list there. */
  rowsWith(name, text) {
    this.found ??= new Map();
    if (!this.found.has(name)) {
      const rows = new Map();
      for (let row = 0; row < this.rows; row++) {
        for (const member of this.list(row, name)) {
          if (rows.has(member)) rows.get(member).push(row);
          else rows.set(member, [row]);
        }
      }
      this.found.set(name, rows);
    }
    return this.found.get(name).get(text) ?? [];
  }
}

/** All tables by name, and what people read for codes, once start has opened them. */
const tables = {};
let names = {};
let datasetName = "";
