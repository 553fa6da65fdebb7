// Package verify holds workbooks to the guidance on accessible spreadsheets, whoever wrote them.
//
// The [Rules] X01 to X39 come from the UK Government Analysis Function's guidance on releasing statistics in spreadsheets
// (source E for essential, D for desirable), from Microsoft's accessibility checker (M), from ONS house style and the tools
// that build to it, gptables and aftables (O). [Workbook] returns what they find, each with sheet, cell and a hint. What is
// wrong in many cells in the same way is one finding, at the first of them.
//
// # Profiles
//
// A workbook of the profile accessible is held to all rules. One of the profile analyst may have filters (X09), a frozen
// header (X10), floating charts (X20), fills and lines (X21) and the colours on them (X17), and its charts need alternative
// text (X24).
//
// # What only people can check
//
// Spelling, plain English, whether a title, a name or an alternative text describes what it stands for, symbols in prose, and
// whether the order of reading makes sense. A workbook without findings is not thereby accessible.
package verify
