# Runs a block of R of the README of a release as it stands, in its folder, and prints what came of it, as loaders.py does.
arguments <- commandArgs(TRUE)
setwd(arguments[1])
readme <- readLines("README.md", encoding = "UTF-8")
start <- which(readme == paste("###", arguments[2]))
code <- which(startsWith(readme, "```") & seq_along(readme) > start)
eval(parse(text = readme[(code[1] + 1):(code[2] - 1)]))

kind_of <- function(column) {
  if (is.list(column)) "list" else if (inherits(column, "Date")) "day" else if (all(is.na(column))) "" else
    c(logical = "boolean", character = "text", numeric = "number", integer = "number")[[class(column)[1]]]
}
quoted <- function(text) paste0("\"", text, "\"")
tables <- list()
for (name in arguments[-(1:2)]) {
  frame <- load_table(name)
  described <- paste0(quoted(names(frame)), ":", quoted(vapply(frame, kind_of, "")), collapse = ",")
  tables[[name]] <- paste0(quoted(name), ":{", described, "}")
}
for (name in sub("[.]csv$", "", list.files("csv", "[.]csv$", recursive = TRUE))) load_table(name)
stopifnot(lengths(halts$source_ids) == lengths(halts$source_urls), lengths(halts$source_ids) == lengths(halts$publishers))
stopifnot(lengths(donations$recipient_ids) == lengths(donations$recipients))
totals <- c(nrow(halts), sum(donations$counted), sprintf("%.2f", own_cash), sum(lengths(halts$source_ids)), format(max(halts$announced_start)))
cat("{\"csv\":{\"Totals\":[", paste(quoted(totals), collapse = ","), "],\"Kinds\":{", paste(tables, collapse = ","), "}}}\n", sep = "")
