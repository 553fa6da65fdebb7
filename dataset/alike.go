package dataset

import "golang.org/x/text/unicode/norm"

// LookAlike reports whether two texts differ and yet look the same, since they spell the same characters in two ways: é as one
// character and as an e with an accent behind it (Unicode normalization forms C and D, UAX #15), or as a variant for display.
func LookAlike(a, b string) bool { return a != b && norm.NFKC.String(a) == norm.NFKC.String(b) }
