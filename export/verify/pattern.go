package verify

import (
	"regexp"
	"sync"
)

// pattern returns a regular expression that is compiled when it is first asked for: together they would take an eighth of what
// most commands need to start.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
