"""Runs the Python and the SQL of the README of a release as they stand, in its folder, and prints what came of them.

That is, for each reader and each kind of file: five totals, and by table the type of each column as text, list, day, number or boolean.
"""

import datetime
import decimal
import json
import os
import re
import sys

import duckdb

os.chdir(sys.argv[1])
readme = open("README.md", encoding="utf-8").read()
tables = sys.argv[2:]
blocks = {title: code for title, code in re.findall(r"(?ms)^### (.*?)$.*?^```\w+\n(.*?)^```$", readme)}


def kind(values):
    """Says of what kind the values of a column are that are there."""
    kinds = {
        "list" if isinstance(v, (list, tuple)) or type(v).__name__ in ("ndarray", "Series") else
        "boolean" if isinstance(v, bool) or type(v).__name__ in ("bool_", "bool") else
        "day" if isinstance(v, datetime.date) else
        "number" if isinstance(v, (int, float, decimal.Decimal)) or type(v).__name__ in ("int64", "float64") else
        "text" if isinstance(v, str) else type(v).__name__
        for v in values if v is not None and not (isinstance(v, float) and v != v) and type(v).__name__ not in ("NAType", "NaTType")
    }
    return "/".join(sorted(kinds))


def summed_up(rows_of):
    """Sums up the tables, given as a function that returns one as a list of records."""
    read = {table: rows_of(table) for table in tables}
    halts, donations = read["halts"], read["donations"]
    counted = [d["amount_eur"] for d in donations if d["counted"]]
    assert all(len(h["source_ids"]) == len(h["source_urls"]) == len(h["publishers"]) for h in halts)
    assert all(len(d["recipient_ids"]) == len(d["recipients"]) for d in donations)
    return {
        "Totals": [str(len(halts)), str(len(counted)), f"{sum(counted):.2f}", str(sum(len(h["source_ids"]) for h in halts)),
                   str(max(h["announced_start"] for h in halts))[:10]],
        "Kinds": {t: {c: kind(r[c] for r in rows) for c in (rows[0] if rows else {})} for t, rows in read.items()},
    }


said = {}
for title, to_rows in (("pandas", lambda frame: frame.to_dict("records")), ("Polars", lambda frame: frame.to_dicts())):
    loaded = {}
    exec(blocks[title], loaded)
    for source, load in (("csv", "load"), ("parquet", "load_parquet"), ("json", "load_lines"), ("xlsx", "load_sheet")):
        if load in loaded:
            said[f"{title} {source}"] = summed_up(lambda t: to_rows(loaded[load](t.title() if source == "xlsx" else t)))
    for path in ("csv/links", "parquet/links", "csv", "parquet"):
        for name in sorted(n.rsplit(".", 1)[0] for n in os.listdir(path) if n.endswith((".csv", ".parquet"))):
            folder, _, below = path.partition("/")
            loaded["load" if folder == "csv" else "load_parquet"](f"{below}/{name}" if below else name)
connection = duckdb.connect()
connection.execute(blocks["DuckDB"])
for source, of in (("csv", "{}"), ("parquet", "'parquet/{}.parquet'")):
    def rows_of(table):
        cursor = connection.execute("SELECT * FROM " + of.format(table))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]
    said["DuckDB " + source] = summed_up(rows_of)
print(json.dumps(said))
