"""Prints the cells below row 6 of every worksheet as JSON: {sheet: [[cell]]}. Days are ISO 8601."""
import datetime, json, sys, openpyxl

def plain(value):
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value

book = openpyxl.load_workbook(sys.argv[1], data_only=True)
print(json.dumps({s.title: [[plain(c) for c in row] for row in s.iter_rows(min_row=7, values_only=True)] for s in book}))
