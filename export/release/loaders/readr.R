columns <- readr::read_csv("csv/codebook_columns.csv", col_types = readr::cols(.default = "c"), na = "")
kinds <- c(day = "D", integer = "d", decimal = "d", boolean = "l")

# Loads a file of csv, such as halts, summary_key_figures or links/halt_countries.
load_table <- function(name) {
  own <- columns[columns$table_name == sub("^(summary_|links/)", "", name), ]
  kind <- ifelse(own$type %in% names(kinds), kinds[own$type], "c")
  frame <- readr::read_csv(paste0("csv/", name, ".csv"), col_types = paste(kind, collapse = ""), na = "")
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
