# Runs a script in DuckDB, then queries, one a line, and prints the rows of each as texts; the empty text for NULL.
import json
import sys

import duckdb


def text(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


with duckdb.connect() as connection, open(sys.argv[1], encoding="utf-8", newline="") as script, open(sys.argv[2], encoding="utf-8") as queries:
    connection.execute(script.read())
    print(json.dumps([[[text(cell) for cell in row] for row in connection.execute(query).fetchall()] for query in queries]))
