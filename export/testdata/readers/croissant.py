"""Reads a release as Croissant: prints what mlcroissant has to say against it, and how many records it read of each record set."""

import json
import logging
import os
import sys

logging.disable(logging.WARNING)  # of a license or a url that a test has none of
import mlcroissant

os.chdir(sys.argv[1])
dataset = mlcroissant.Dataset(jsonld="croissant.json")
read = {"Said": list(dataset.metadata.issues.errors), "Rows": {}, "Lists": 0}
for records in dataset.metadata.record_sets:
    rows = list(dataset.records(records.uuid))
    read["Rows"][records.uuid] = len(rows)
    read["Lists"] += sum(isinstance(cell, (list, tuple)) or type(cell).__name__ == "ndarray" for row in rows for cell in row.values())
print(json.dumps(read))
