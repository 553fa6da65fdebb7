package workbook

import "testing"

// TestOpenFormulas holds what SpreadsheetML and OpenFormula say differently to each other.
func TestOpenFormulas(t *testing.T) {
	o := &openFormulas{map[string]string{"Halts[Halted on]": "[$Halts.$B$7:.$B$9]"}}
	for formula, want := range map[string]string{
		`COUNTIFS(Halts[Halted on],"*"&$A7&"*")`: `of:=COUNTIFS([$Halts.$B$7:.$B$9];&quot;*&quot;&amp;[.$A7]&amp;&quot;*&quot;)`,
		`G7-SUM(B7:F7)`:                          `of:=[.G7]-SUM([.B7:.F7])`,
		`ROUND(A7/B$6,2)`:                        `of:=ROUND([.A7]/[.B$6];2)`,
		`IF(A7,TRUE,FALSE)`:                      `of:=IF([.A7];TRUE();FALSE())`,
		`LEFT("a,b",1)`:                          `of:=LEFT(&quot;a,b&quot;;1)`,
		`LOG10(A7)`:                              `of:=LOG10([.A7])`,
	} {
		if got := string(o.append(nil, formula)); got != want {
			t.Errorf("%s: got %s, want %s", formula, got, want)
		}
	}
}

// TestParagraphs holds the white space of texts to the elements that keep it.
func TestParagraphs(t *testing.T) {
	for text, want := range map[string]string{
		"a b":        "<text:p>a b</text:p>",
		"a  b":       `<text:p>a<text:s text:c="2"/>b</text:p>`,
		" a ":        `<text:p><text:s text:c="1"/>a<text:s text:c="1"/></text:p>`,
		"a\n\n b":    `<text:p>a</text:p><text:p></text:p><text:p><text:s text:c="1"/>b</text:p>`,
		"a\tb":       "<text:p>a<text:tab/>b</text:p>",
		"<&\"\uffff": "<text:p>&lt;&amp;&quot;\ufffd</text:p>",
	} {
		if got := string(appendParagraphs(nil, text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
