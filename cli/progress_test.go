package cli_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"haltsheet/cli"

	"github.com/google/go-cmp/cmp"
)

func TestProgressLine(t *testing.T) {
	for _, test := range []struct {
		name        string
		total, done int64
		passed      time.Duration
		width       int
		want        string
	}{
		{"Writing", 4000, 1000, 2 * time.Second, 79, "Writing  ███████▌░░░░░░░░░░░░░░░░░░░░░░   25 %  500 rows/s  6 s left"},
		{"Writing", 4000, 1000, 2 * time.Second, 50, "Writing  ███░░░░░░░░░   25 %  500 rows/s  6 s left"},
		{"Writing", 4000, 1000, 2 * time.Second, 40, "Writing   25 %  500 rows/s  6 s left"},
		{"Writing", 4000, 1000, 2 * time.Second, 30, "Writing   25 %  500 rows/s"},
		{"Writing", 4000, 1000, 2 * time.Second, 3, "Writing"},
		{"Writing", 1e6, 1, time.Second / 10, 79, "Writing  ▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    0 %  10 rows/s"},
		{"Writing", 1e6, 0, 90 * time.Second, 79, "Writing  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    0 %  0 rows/s"},
		{"Writing", 100, 120, 90 * time.Second, 79, "Writing  ██████████████████████████████  100 %  1 row/s  0 s left"},
		{"Writing", 4000, 1000, time.Hour, 79, "Writing  ███████▌░░░░░░░░░░░░░░░░░░░░░░   25 %  0 rows/s  3 h 00 min left"},
		{"Checking", 0, 0, 61 * time.Second, 79, "Checking  1 min 01 s"},
	} {
		got := cli.ProgressLine(test.name, test.total, test.done, test.passed, test.width)
		if got != test.want {
			t.Errorf("%s %d of %d after %v in %d columns:\n got %q\nwant %q", test.name, test.done, test.total, test.passed, test.width, got, test.want)
		}
	}
}

// TestProgress follows two steps of a command by a clock that stands still between its ticks: nothing is shown within
// the first second, then a line at each tick, and in the end nothing.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		show := cli.Progress(&out)
		_, hide := show("Checking", 0)
		time.Sleep(950 * time.Millisecond)
		hide()
		if out.Len() > 0 {
			t.Errorf("shown within a second: %q", out.String())
		}
		done, hide := show("Writing", 4000)
		time.Sleep(150 * time.Millisecond)
		done(1000)
		time.Sleep(100 * time.Millisecond)
		done(1000)
		time.Sleep(800 * time.Millisecond)
		hide()
		hide() // again, which does nothing
		lines := strings.Split(out.String(), "\r")
		want := []string{
			"",
			"Writing  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    0 %  0 rows/s",
			"Writing  ███████▌░░░░░░░░░░░░░░░░░░░░░░   25 %  5,000 rows/s",
			"Writing  ███████████████░░░░░░░░░░░░░░░   50 %  6,666 rows/s",
			"Writing  ███████████████░░░░░░░░░░░░░░░   50 %  2,000 rows/s  1 s left",
			strings.Repeat(" ", len("Writing")+32+len("   50 %  2,000 rows/s  1 s left")),
			"",
		}
		got := append(append([]string(nil), lines[:4]...), lines[len(lines)-3:]...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the first lines and the last ones (-want +got):\n%s", diff)
		}
	})
}
