package dataset_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haltsheet/dataset"
)

// timeOf returns midnight of a day as package time counts it.
func timeOf(day dataset.Day) time.Time { return time.Unix(int64(day)*24*60*60, 0).UTC() }

func TestDayAgreesWithTime(t *testing.T) {
	first := time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
	last := time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
	check := func(day dataset.Day) {
		want := timeOf(day)
		year, month, date := day.Civil()
		if year != want.Year() || month != int(want.Month()) || date != want.Day() {
			t.Fatalf("Day(%d).Civil() = %d, %d, %d; want %s", day, year, month, date, want.Format(time.DateOnly))
		}
		if got := day.String(); got != want.Format(time.DateOnly) {
			t.Fatalf("Day(%d).String() = %s, want %s", day, got, want.Format(time.DateOnly))
		}
	}
	for day := first; day <= last; day += 97 { // a prime, so that it meets all days of years and eras
		check(dataset.Day(day))
	}
	for day := dataset.Day(18000); day < 20000; day++ {
		check(day)
	}
	check(dataset.Day(first))
	check(dataset.Day(last))
}

func TestParseDate(t *testing.T) {
	tests := []struct {
		name       string
		text       string
		precision  string
		qualifier  string
		start, end string
		month      string
	}{
		{"year", "2022", "year", "", "2022-01-01", "2022-12-31", "2022"},
		{"first year", "1901", "year", "", "1901-01-01", "1901-12-31", "1901"},
		{"last year", "9999", "year", "", "9999-01-01", "9999-12-31", "9999"},
		{"month of 31 days", "2022-03", "month", "", "2022-03-01", "2022-03-31", "2022-03"},
		{"month of 30 days", "2022-04", "month", "", "2022-04-01", "2022-04-30", "2022-04"},
		{"February", "2022-02", "month", "", "2022-02-01", "2022-02-28", "2022-02"},
		{"February of a leap year", "2024-02", "month", "", "2024-02-01", "2024-02-29", "2024-02"},
		{"February of a century", "2100-02", "month", "", "2100-02-01", "2100-02-28", "2100-02"},
		{"February of a fourth century", "2000-02", "month", "", "2000-02-01", "2000-02-29", "2000-02"},
		{"December", "2022-12", "month", "", "2022-12-01", "2022-12-31", "2022-12"},
		{"day", "2022-03-09", "day", "", "2022-03-09", "2022-03-09", "2022-03"},
		{"leap day", "2024-02-29", "day", "", "2024-02-29", "2024-02-29", "2024-02"},
		{"uncertain day", "2022-03-09?", "day", "uncertain", "2022-03-09", "2022-03-09", "2022-03"},
		{"approximate month", "2022-03~", "month", "approximate", "2022-03-01", "2022-03-31", "2022-03"},
		{"uncertain and approximate year", "2022%", "year", "both", "2022-01-01", "2022-12-31", "2022"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := dataset.ParseDate(test.text)
			if err != nil {
				t.Fatalf("ParseDate(%q): %v", test.text, err)
			}
			got := []string{d.String(), d.Precision().String(), d.Qualifier(), d.Start().String(), d.End().String(), d.Month()}
			want := []string{test.text, test.precision, test.qualifier, test.start, test.end, test.month}
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("ParseDate(%q): got %q, want %q", test.text, got, want)
					break
				}
			}
		})
	}
	t.Run("empty", func(t *testing.T) {
		if d, err := dataset.ParseDate(""); err != nil || !d.IsZero() || d.String() != "" || d.Precision() != dataset.PrecisionNone {
			t.Errorf(`ParseDate("") = %q, %v; want the empty date`, d, err)
		}
	})
}

func TestParseDateRejects(t *testing.T) {
	for _, text := range []string{
		" ", "?", "22", "202", "20222", "2022-", "2022-3", "2022-3-9", "2022-003", "2022-13", "2022-00", "2022-02-29", "2022-04-31", "2022-03-00",
		"2022-03-9", "2022/03/09", "2022-03/09", "20220309", "09.03.2022", "2022-03-09T00:00", "2022-03-09??", "2022-03-09~?", "?2022", "~2022",
		"2022?-03", "1900", "0000", "-2022", "+2022", "2022-03-09 ", " 2022-03-09", "２０２２", "2022-0x", "2022-W10", "2022-21", "201X", "2022-03-XX", "..",
	} {
		if d, err := dataset.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %q, want an error", text, d)
		} else if !strings.Contains(err.Error(), "date ") {
			t.Errorf("ParseDate(%q): error %q does not say that it is about a date", text, err)
		}
	}
}

// anyDate draws a date of any year and form that is not empty.
var anyDate = rapid.Custom(func(t *rapid.T) dataset.Date {
	layout := rapid.SampledFrom([]string{"2006", "2006-01", time.DateOnly}).Draw(t, "layout")
	year := rapid.IntRange(1901, 9999).Draw(t, "year")
	day := time.Date(year, time.January, rapid.IntRange(1, 365).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
	d, err := dataset.ParseDate(day.Format(layout) + rapid.SampledFrom([]string{"", "?", "~", "%"}).Draw(t, "qualifier"))
	if err != nil {
		t.Fatal(err)
	}
	return d
})

// interval returns the first moment of a date and the first moment behind it, by package time.
func interval(t *rapid.T, d dataset.Date) (start, end time.Time) {
	text := strings.TrimRight(d.String(), "?~%")
	start, err := time.Parse(time.DateOnly[:len(text)], text)
	if err != nil {
		t.Fatal(err)
	}
	switch d.Precision() {
	case dataset.PrecisionYear:
		return start, start.AddDate(1, 0, 0)
	case dataset.PrecisionMonth:
		return start, start.AddDate(0, 1, 0)
	default:
		return start, start.AddDate(0, 0, 1)
	}
}

func TestDatesAgreeWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := anyDate.Draw(t, "d"), anyDate.Draw(t, "e")
		dStart, dEnd := interval(t, d)
		eStart, eEnd := interval(t, e)
		if got, want := timeOf(d.Start()), dStart; !got.Equal(want) {
			t.Errorf("%s starts on %s, want %s", d, got, want)
		}
		if got, want := timeOf(d.End()+1), dEnd; !got.Equal(want) {
			t.Errorf("the day after %s is %s, want %s", d, got, want)
		}
		if got, want := d.IsEarlier(e), dStart.Before(eStart) || dStart.Equal(eStart) && dEnd.Before(eEnd); got != want {
			t.Errorf("%s is earlier than %s: %t, want %t", d, e, got, want)
		}
		if got, want := d.Overlaps(e), dStart.Before(eEnd) && eStart.Before(dEnd); got != want {
			t.Errorf("%s overlaps %s: %t, want %t", d, e, got, want)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"", "2022", "2022-03~", "2022-02-29", "2024-02-29%", "1901-01-01?", "9999-12-31"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := dataset.ParseDate(text)
		if err != nil {
			if !d.IsZero() {
				t.Errorf("ParseDate(%q) = %q beside an error", text, d)
			}
			return
		}
		if got := d.String(); got != text {
			t.Errorf("ParseDate(%q).String() = %q", text, got)
		}
		if d.IsZero() != (text == "") {
			t.Errorf("ParseDate(%q) is empty: %t", text, d.IsZero())
		}
		if !d.IsZero() && d.Start() > d.End() {
			t.Errorf("ParseDate(%q) starts on %s and ends on %s", text, d.Start(), d.End())
		}
	})
}

// TestEndsOfFebruary holds the end of February to package time in every year that a date may have.
func TestEndsOfFebruary(t *testing.T) {
	for year := 1901; year <= 9999; year++ {
		text := strconv.Itoa(year) + "-02"
		date, err := dataset.ParseDate(text)
		if want := time.Date(year, time.March, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly); err != nil || date.End().String() != want {
			t.Fatalf("%s ends on %s, want %s; %v", text, date.End(), want, err)
		}
	}
}

// TestDatesInOrder: of dates that begin on one day the one is earlier that ends before the other.
func TestDatesInOrder(t *testing.T) {
	texts := []string{"2021-12-31", "2022-01-01", "2022-01", "2022", "2022-01-02", "2022-02-01", "2022-02"}
	for i, text := range texts {
		for j, other := range texts {
			a, errA := dataset.ParseDate(text)
			b, errB := dataset.ParseDate(other)
			if errA != nil || errB != nil || a.IsEarlier(b) != (i < j) {
				t.Errorf("%s is earlier than %s: %v, %v, %v", text, other, a.IsEarlier(b), errA, errB)
			}
		}
	}
}
