"""Prints the rows below row 6 of a worksheet, cells by tabs: texts in quotes, days in ISO 8601, numbers bare."""
import datetime, sys, openpyxl

def plain(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return repr(value)

book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
for row in book[sys.argv[2]].iter_rows(min_row=7, values_only=True):
    print(*map(plain, row), sep="\t")
