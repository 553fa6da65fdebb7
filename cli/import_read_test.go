package cli

import (
	"bufio"
	"fmt"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/export/intake"
)

// TestSayReading: of very many remarks a number is told that people can use, and how many more there are.
func TestSayReading(t *testing.T) {
	var reading intake.Reading
	for i := range 1500 {
		place := dataset.Place{File: "halts.csv", Line: i + 2, Column: 1}
		reading.Remarks.Add(intake.LeftOut(place, "the row is left out", ""))
		reading.Remarks.Add(intake.ReadAs(place, " a", "a"))
	}
	var told strings.Builder
	p := &program{voice: voice{out: bufio.NewWriter(&told), err: &told}}
	p.sayReading(&reading)
	lines := strings.Split(strings.TrimSpace(told.String()), "\n")
	last := lines[len(lines)-2:]
	want := "[haltsheet: and 1,480 such cells more halts.csv: 500 warnings not listed [left-out]]"
	if got := fmt.Sprint(last); len(lines) != 1000+fewTold+2 || got != want {
		t.Errorf("%d lines are told, the last %s, want %s", len(lines), got, want)
	}
}
