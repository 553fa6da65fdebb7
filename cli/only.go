package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset"

	"github.com/spf13/pflag"
)

// onlyFlag is the value of --only: what a selection is chosen by.
type onlyFlag struct{ choices []dataset.Choice }

// addOnly declares --only.
func addOnly(flags *pflag.FlagSet) *onlyFlag {
	o := &onlyFlag{}
	flags.Var(o, "only", "take only what has one of some values in a column; may be repeated, and then all must hold")
	return o
}

// String returns the choices.
func (o *onlyFlag) String() string {
	var texts []string
	for _, c := range o.choices {
		texts = append(texts, c.String())
	}
	return strings.Join(texts, " ")
}

// Type returns the form of a choice as help shows it.
func (o *onlyFlag) Type() string { return "COLUMN=VALUE[,VALUE…]" }

// Set takes one choice.
func (o *onlyFlag) Set(text string) error {
	column, values, ok := strings.Cut(text, "=")
	if !ok || values == "" {
		return &failure{fmt.Sprintf("%q is not COLUMN=VALUE", text), "write a choice such as sector=energy"}
	}
	if known := dataset.SelectionColumns(); !slices.Contains(known, column) {
		return unknown("column", column, known)
	}
	o.choices = append(o.choices, dataset.Choice{Column: column, Values: strings.Split(values, ",")})
	return nil
}

// choose returns what was chosen of a dataset without errors, or all of it where nothing was asked for.
func (o *onlyFlag) choose(d *dataset.Dataset) (*dataset.Dataset, error) {
	if len(o.choices) == 0 {
		return d, nil
	}
	selected, err := dataset.Select(d, o.choices)
	if wrong, ok := errors.AsType[*dataset.ChoiceError](err); ok {
		hint := "write a date such as 2022-03, or two as 2022-03..2022-04"
		if len(wrong.Known) > 0 {
			hint = "there are " + strings.Join(wrong.Known, ", ")
		}
		return nil, &failure{wrong.Problem, hint}
	}
	if errors.Is(err, dataset.ErrNothingFits) {
		return nil, &failure{"nothing fits --only " + o.String(), "each of them fits something by itself; leave one out"}
	}
	return selected, err
}
