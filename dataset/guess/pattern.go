package guess

import (
	"regexp"
	"sync"
)

// pattern returns a regular expression that is compiled when it is first asked for: most runs have nothing to guess.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
