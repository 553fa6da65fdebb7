package intake

import (
	"fmt"

	"haltsheet/dataset"
)

// Remark tells of something that a file holds and the dataset that was read from it does not, or not in the same way.
type Remark struct {
	Place    dataset.Place
	Severity dataset.Severity // a note on how something was read, or a warning that it was left out
	Message  string
	Hint     string // how to go on; may be empty
}

// RuleLeftOut is what warnings of Remarks are told as, beside the findings of rules.
const RuleLeftOut = "left-out"

// ReadAs tells that a cell was read as what it stands for.
func ReadAs(place dataset.Place, was, is string) Remark {
	return Remark{Place: place, Message: fmt.Sprintf("read %q as %q", was, is)}
}

// LeftOut warns of something that no dataset has room for.
func LeftOut(place dataset.Place, message, hint string) Remark {
	return Remark{place, dataset.Warning, message, hint}
}
