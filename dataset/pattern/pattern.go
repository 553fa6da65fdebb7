// Package pattern has regular expressions that are compiled when they are first asked for. Compiled at the start, those of the
// program would take a seventh of what most commands need to start, and most commands ask for none of them.
package pattern

import (
	"regexp"
	"sync"
)

// New returns a regular expression, which must be one, to whoever asks for it; several may at once.
func New(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
