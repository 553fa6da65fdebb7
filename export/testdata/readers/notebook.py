"""Executes the notebook of a release in its folder, and prints what came of it: the kinds of its outputs, and the text of the last cell."""

import json
import os
import sys

import nbclient
import nbformat

os.chdir(sys.argv[1])
notebook = nbformat.read("explore.ipynb", as_version=4)
nbformat.validate(notebook)
stored = sum(len(cell.outputs) + (cell.execution_count is not None) for cell in notebook.cells if cell.cell_type == "code")
nbclient.NotebookClient(notebook, timeout=None, resources={"metadata": {"path": "."}}).execute()
outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
print(json.dumps({
    "Stored": stored,
    "Charts": sum("image/png" in output.get("data", {}) for output in outputs),
    "Said": "".join(output.get("text", "") for output in outputs if output.output_type == "stream" and output.name == "stdout"),
}))
