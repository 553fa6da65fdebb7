"""Prints the cells below row 6 of every worksheet as JSON: {sheet: [[cell]]}. Days are ISO 8601."""
import datetime, json, sys, pandas

def plain(value):
    if value is None or value != value or value is pandas.NaT:
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value

sheets = pandas.read_excel(sys.argv[1], sheet_name=None, header=5, dtype=object, keep_default_na=False, na_values=[""])
print(json.dumps({name: [[plain(c) for c in row] for row in frame.itertuples(index=False)] for name, frame in sheets.items()}))
