package dataset_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// addEvents gives the rows of the summaries of events, counted from the records.
func (c *counter) addEvents(rows map[string][][]string) {
	last := map[string]dataset.Event{}
	exits, sales := tally{}, tally{}
	actions := map[string]string{}
	for _, h := range c.Halts {
		actions[h.ID] = h.Action
	}
	for _, e := range c.Events {
		if before, known := last[e.HaltID]; !known || isLater(e, before) {
			last[e.HaltID] = e
		}
		if date := strings.TrimRight(e.Date.String(), "?~%"); e.Event == "completed" && len(date) > len("2022") {
			month, _ := strconv.Atoi(date[5:7])
			quarter := date[:4] + "-Q" + strconv.Itoa((month+2)/3)
			switch actions[e.HaltID] {
			case "exit":
				exits.add(quarter, "")
			case "divest":
				sales.add(quarter, "")
			}
		}
	}
	byOutcome := tally{}
	for _, h := range c.Halts {
		if e, known := last[h.ID]; known {
			byOutcome.add(h.Action+"|"+e.Event, h.CompanyID)
		}
	}
	rows["outcomes_by_action"] = worded(worded(byOutcome.rows(), 1, c.words("event")), 0, c.words("action"))
	quarters := maps.Clone(exits)
	maps.Copy(quarters, sales)
	for _, quarter := range slices.Sorted(maps.Keys(quarters)) {
		rows["exits_by_quarter"] = append(rows["exits_by_quarter"], []string{quarter, strconv.Itoa(exits.count(quarter)), strconv.Itoa(sales.count(quarter))})
	}
}

// isLater reports whether an event is a later step than another one of the same halt.
func isLater(e, other dataset.Event) bool {
	steps := []string{"extended", "agreed", "approved", "seized", "released", "completed", "not_carried_out", "resumed"}
	switch {
	case e.Date.End() != other.Date.End():
		return e.Date.End() > other.Date.End()
	case e.Event != other.Event:
		return slices.Index(steps, e.Event) > slices.Index(steps, other.Event)
	case e.Date.Start() != other.Date.Start():
		return e.Date.Start() > other.Date.Start()
	default:
		return e.ID > other.ID
	}
}

// TestOutcome: what became of a halt is its last step; one of which only the year is known stands behind those of that year,
// and of two at the same time the one counts that comes later in the life of a halt.
func TestOutcome(t *testing.T) {
	for name, test := range map[string]struct{ events, want string }{
		"none":              {"", ""},
		"one":               {"agreed 2022-05-01", "agreed 2022-05-01"},
		"the later":         {"completed 2022-06-01,agreed 2022-05-01", "completed 2022-06-01"},
		"in the same month": {"completed 2022-06,agreed 2022-06-30", "completed 2022-06"},
		"in a year":         {"completed 2023,agreed 2023-07-05,seized 2023-03", "completed 2023"},
		"in the year after": {"completed 2022,resumed 2023-01", "resumed 2023-01"},
		"on the same day":   {"resumed 2022-05-01,completed 2022-05-01,released 2022-05-01,seized 2022-05-01", "resumed 2022-05-01"},
		"the better known":  {"approved 2022-05,approved 2022-05-31?", "approved 2022-05-31?"},
	} {
		t.Run(name, func(t *testing.T) {
			b := []byte("event_id,halt_id,event,actor,date,counterparty,description,source_ids,note\n")
			for i, event := range strings.Split(test.events, ",") {
				if event, date, ok := strings.Cut(event, " "); ok {
					b = append(b, "e-"+strconv.Itoa(i)+",acme-retail-1,"+event+",company,"+date+",,Did it.,herald-2022-03-09,\n"...)
				}
			}
			d := load(t, datasettest.CleanWith(map[string][]byte{"events.csv": b}))
			halts := d.Table(dataset.SchemaOf("halts"))
			got := strings.TrimSpace(halts.Cell(1, halts.Column("outcome")).Text + " " + halts.Cell(1, halts.Column("outcome_date")).Text)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
