"""Prints the cells below the header of every sheet of an OpenDocument, as pandas with odfpy reads them, as JSON."""

import datetime
import json
import sys

import pandas


def plain(value):
    if isinstance(value, (pandas.Timestamp, datetime.datetime)):
        return value.date().isoformat()
    if isinstance(value, float) and pandas.isna(value) or value is pandas.NaT or value == "":
        return None
    return value


sheets = pandas.read_excel(sys.argv[1], sheet_name=None, header=None, engine="odf", dtype=object, keep_default_na=False)
print(json.dumps({name: [[plain(value) for value in row] for row in frame.values.tolist()[6:]] for name, frame in sheets.items()}))
