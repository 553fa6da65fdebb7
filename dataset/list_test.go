package dataset_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
)

func TestList(t *testing.T) {
	tests := []struct {
		name string
		list dataset.List
		want []string
		json string
	}{
		{"empty", "", nil, `[]`},
		{"one", "RU", []string{"RU"}, `["RU"]`},
		{"two in curated order", "RU;BY", []string{"RU", "BY"}, `["RU","BY"]`},
		{"members that contain each other", "a;ab;b", []string{"a", "ab", "b"}, `["a","ab","b"]`},
		{"quotes", `say "x";y`, []string{`say "x"`, "y"}, `["say \"x\"","y"]`},
		{"faulty: empty member", "a;;b", []string{"a", "", "b"}, `["a","","b"]`},
		{"faulty: separator alone", ";", []string{"", ""}, `["",""]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := slices.Collect(test.list.All())
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("members of %q (-want +got):\n%s", test.list, diff)
			}
			if test.list.Len() != len(test.want) {
				t.Errorf("%q has %d members, want %d", test.list, test.list.Len(), len(test.want))
			}
			b, err := json.Marshal(test.list)
			if err != nil || string(b) != test.json {
				t.Errorf("%q in JSON is %s, %v; want %s", test.list, b, err, test.json)
			}
		})
	}
}

func TestListStopsWhenTold(t *testing.T) {
	for member := range dataset.List("a;b;c").All() {
		if member != "a" {
			t.Errorf("got %q behind the end", member)
		}
		break
	}
}

// TestListAgreesWithSlice holds a List that grows member by member against a slice without repeats.
func TestListAgreesWithSlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list dataset.List
		var want []string
		for _, text := range rapid.SliceOf(rapid.StringMatching(`[ab "]{1,3}`)).Draw(t, "texts") {
			if list.Contains(text) != slices.Contains(want, text) {
				t.Fatalf("%q contains %q: %t", list, text, list.Contains(text))
			}
			if list = list.With(text); !slices.Contains(want, text) {
				want = append(want, text)
			}
		}
		if diff := cmp.Diff(want, slices.Collect(list.All())); diff != "" {
			t.Errorf("members of %q (-want +got):\n%s", list, diff)
		}
		if got := string(list); got != strings.Join(want, ";") {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
