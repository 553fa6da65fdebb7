"""Reads a Data Package as its libraries do: prints what they have to say against it, and how many rows each read of each table.

The argument is the folder of the package.
"""

import json
import os
import sys

import datapackage
import frictionless

os.chdir(sys.argv[1])
said, rows = [], {"frictionless": {}, "datapackage": {}}

report = frictionless.validate("datapackage.json")
said += [f"frictionless: {error.message}" for error in report.errors]
for task in report.tasks:
    said += [f"frictionless: {task.name}: {error.message}" for error in task.errors]
for resource in frictionless.Package("datapackage.json").resources:
    if resource.type == "table" and resource.schema and resource.schema.fields:
        rows["frictionless"][resource.name] = len(resource.read_rows())

package = datapackage.Package("datapackage.json")
said += [f"datapackage: {error}" for error in package.errors]
for resource in package.resources:
    if resource.descriptor["format"] == "csv" and "schema" in resource.descriptor:
        rows["datapackage"][resource.name] = len(resource.read(relations=False))

print(json.dumps({"said": said, "rows": rows}))
