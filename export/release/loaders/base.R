columns <- read.csv("csv/codebook_columns.csv", colClasses = "character", na.strings = NULL, encoding = "UTF-8")
kinds <- c(day = "Date", integer = "numeric", decimal = "numeric", boolean = "logical")

# Loads a file of csv, such as halts, summary_key_figures or links/halt_countries.
load_table <- function(name) {
  own <- columns[columns$table_name == sub("^(summary_|links/)", "", name), ]
  kind <- ifelse(own$type %in% names(kinds), kinds[own$type], "character")
  frame <- read.csv(paste0("csv/", name, ".csv"), colClasses = kind, na.strings = "", encoding = "UTF-8")
  for (i in which(own$type == "list")) {
    cells <- frame[[own$column_name[i]]]
    members <- strsplit(paste0(ifelse(is.na(cells), "", cells), ";"), ";", fixed = TRUE)
    if (own$has_gaps[i] == "false") members[is.na(cells)] <- list(character())
    frame[[own$column_name[i]]] <- members
  }
  frame
}

halts <- load_table("halts")
donations <- load_table("donations")
own_cash <- sum(donations$amount_eur[donations$counted])
