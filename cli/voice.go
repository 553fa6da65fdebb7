package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"haltsheet/dataset"
	"haltsheet/export/folder"
)

// The rules of what haltsheet prints:
//
//   - What was asked for goes to stdout: findings, tables, documents, the list of the files that an export wrote.
//   - What is said about it goes to stderr: "haltsheet: ", lower case, no full stop, one line.
//   - How to go on is a second line: "  hint: ", lower case, no full stop.
//   - A finding begins with its place, as compilers have it, whichever of the two it goes to.
//   - --quiet leaves findings, tables and documents, and what went wrong.
//   - Texts from the data and the command line are quoted or made printable: none of them moves the cursor.
//   - No colour, so that nothing is lost in a file, in a log or to an eye.
//
// Only the functions of this file write to stderr.

// voice is how the program speaks.
type voice struct {
	out   *bufio.Writer // what was asked for
	err   io.Writer     // what is said about it
	quiet bool
}

// say tells something about what was asked for, unless --quiet forbids it.
func (v *voice) say(format string, args ...any) {
	if !v.quiet {
		v.line("haltsheet: " + fmt.Sprintf(format, args...))
	}
}

// hint tells how to go on from what was said last.
func (v *voice) hint(format string, args ...any) {
	if !v.quiet {
		v.line("  hint: " + fmt.Sprintf(format, args...))
	}
}

// fail tells what went wrong, and how to go on where the error knows.
func (v *voice) fail(err error) {
	message, hint := err.Error(), ""
	if f, ok := errors.AsType[*failure](err); ok {
		message, hint = f.message, f.hint
	} else if e, ok := errors.AsType[*folder.Error](err); ok {
		message, hint = e.Path+": "+e.Problem, e.Hint
	}
	v.line("haltsheet: " + message)
	if hint != "" {
		v.line("  hint: " + hint)
	}
}

// sayFindings tells of errors, and of warnings unless --quiet forbids it: of the first ones, and how many more there are.
func (v *voice) sayFindings(found dataset.Found) {
	v.sayFindingsOf(found, func(k dataset.Kind) bool {
		return k.Severity == dataset.Error || k.Severity == dataset.Warning && !v.quiet
	})
}

// sayFindingsOf tells of the findings of some kinds.
func (v *voice) sayFindingsOf(found dataset.Found, of func(k dataset.Kind) bool) {
	first, leftOut := firstOfEach(found, of)
	for f := range found.Told(first) {
		for _, line := range findingLines(f) {
			v.line(line)
		}
	}
	for _, l := range leftOut {
		v.line(fmt.Sprintf("%s [%s]", l, l.kind.Rule))
	}
}

// flush hands over what stdout was given, before something is written that this tells of. Where nobody takes it any more, nothing is
// written, and the error says so: a process that dies of a closed pipe could not.
func (v *voice) flush() error {
	signal.Ignore(syscall.SIGPIPE)
	if err := v.out.Flush(); err != nil {
		return &failure{fmt.Sprintf("nothing was written, since what would change could not be told: %v", err), "give standard output a place that takes all of it"}
	}
	return nil
}

// line writes one line to stderr, behind what stdout was given before.
func (v *voice) line(text string) {
	_ = v.out.Flush() // main tells of an error
	fmt.Fprintln(v.err, printable(text))
}

// findingLines returns a finding as people read it: the finding itself, and how to mend it.
func findingLines(f *dataset.Finding) []string {
	lines := []string{printable(f.String())}
	if f.Hint != "" {
		lines = append(lines, "  hint: "+printable(f.Hint))
	}
	return lines
}

// printable returns a text with escapes in place of what could move the cursor, hide or reorder the text.
func printable(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !strconv.IsPrint(r) }) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	return b.String()
}

// counted returns a number of things in words: 1 error, 2 errors.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return grouped(strconv.Itoa(n)) + " " + thing + "s"
}

// grouped returns a number with a comma behind each thousand.
func grouped(number string) string {
	whole, fraction, hasPoint := strings.Cut(number, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if hasPoint {
		return whole + "." + fraction
	}
	return whole
}
