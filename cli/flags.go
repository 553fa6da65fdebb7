package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// newFlags returns a flag set that keeps the order of its declarations and leaves the talking to us.
func newFlags(name string) *pflag.FlagSet {
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	return flags
}

// choice is the value of a flag that takes one of some words.
type choice struct {
	kind   string // what the words are, in the singular
	words  []string
	chosen string
}

// String returns the word.
func (c *choice) String() string { return c.chosen }

// Type returns the words as help shows them.
func (c *choice) Type() string { return strings.Join(c.words, "|") }

// Set takes a word.
func (c *choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		return unknown(c.kind, word, c.words)
	}
	c.chosen = word
	return nil
}

// choices is the value of a flag that takes some words joined by commas.
type choices struct {
	kind   string
	words  []string
	chosen []string
	isSet  bool // the words are no longer the default
}

// String returns the words joined by commas.
func (c *choices) String() string { return strings.Join(c.chosen, ",") }

// Type returns the words as help shows them.
func (c *choices) Type() string { return strings.Join(c.words, ",") }

// Set takes words joined by commas, beside those that were set before.
func (c *choices) Set(words string) error {
	if !c.isSet {
		c.chosen, c.isSet = nil, true
	}
	for word := range strings.SplitSeq(words, ",") {
		if !slices.Contains(c.words, word) {
			return unknown(c.kind, word, c.words)
		}
		c.chosen = append(c.chosen, word)
	}
	return nil
}

// mustHaveValues refuses a flag that was given an empty value: where that comes of a variable that is not set, the command would do
// as if nobody had asked for anything.
func mustHaveValues(flags *pflag.FlagSet) (err error) {
	flags.Visit(func(flag *pflag.Flag) {
		if err == nil && flag.Value.String() == "" {
			err = &failure{fmt.Sprintf("the value of --%s is empty", flag.Name), "leave the flag out, or name what it is about"}
		}
	})
	return err
}

// wordsOf returns the words that a flag takes, or nil.
func wordsOf(flag *pflag.Flag) []string {
	switch value := flag.Value.(type) {
	case *choice:
		return value.words
	case *choices:
		return value.words
	default:
		return nil
	}
}

// flagError tells of a wrong flag in our words. help is the command that lists the flags.
func flagError(err error, flags *pflag.FlagSet, help string) error {
	hint := help + " lists the flags"
	if known, ok := errors.AsType[*failure](err); ok {
		return known
	}
	if missing, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if missing.GetSpecifiedShortnames() != "" {
			return &failure{fmt.Sprintf("unknown flag %q", "-"+missing.GetSpecifiedName()), hint}
		}
		var names []string
		flags.VisitAll(func(flag *pflag.Flag) { names = append(names, "--"+flag.Name) })
		return unknown("flag", "--"+missing.GetSpecifiedName(), names)
	}
	if wanting, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return &failure{fmt.Sprintf("--%s needs a value", wanting.GetFlag().Name), hint}
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return &failure{fmt.Sprintf("--%s does not take %q", invalid.GetFlag().Name, invalid.GetValue()), hint}
	}
	return &failure{err.Error(), hint}
}
