package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset/guess"
	"haltsheet/dataset/pattern"
)

// semver is the pattern of Semantic Versioning 2.0.0, as semver.org has it.
var semver = pattern.New(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)` +
	`(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$`)

// dayHint returns how to write the day that a text was meant as.
func dayHint(text string) string {
	days := slices.DeleteFunc(guess.Dates(text), func(day string) bool { return !mayHold(&Column{Type: TypeText, Form: formDay}, day) })
	if len(days) == 0 {
		return "write a day such as 2022-03-09"
	}
	return writeOneOf(days)
}

// checkMetadata says what is wrong with the values of dataset.json.
func checkMetadata(m *Metadata, report func(path, message, hint string)) {
	required := func(path, value string) {
		if strings.TrimSpace(value) == "" {
			report(path, fmt.Sprintf("%q is missing", path), "write it, since every output tells it")
		}
	}
	required("title", m.Title)
	required("description", m.Description)
	if message, hint := slugProblem(m.Name); message != "" || m.Name == "" {
		report("name", fmt.Sprintf("name %q is not a key that can name files", m.Name), cmp.Or(hint, "write a name such as halted-activities"))
	} else if isDevice(m.Name) {
		report("name", fmt.Sprintf("name %q is that of a device of Windows, where no file can have it, whatever its extension", m.Name), "write another, such as "+m.Name+"-data")
	}
	if !semver().MatchString(m.Version) {
		report("version", fmt.Sprintf("version %q is not a semantic version", m.Version), "write three numbers such as 1.0.0")
	}
	isDay := map[string]bool{}
	for _, day := range []struct{ path, value string }{
		{"released", m.Released},
		{"coverage/start", m.Coverage.Start},
		{"coverage/end", m.Coverage.End},
		{"coverage/events_end", m.Coverage.EventsEnd},
	} {
		if day.value == "" && day.path == "coverage/events_end" {
			continue
		}
		_, err := parseDay(day.value)
		if isDay[day.path] = err == nil; err != nil {
			report(day.path, fmt.Sprintf("%s %q is not a calendar day YYYY-MM-DD", day.path, day.value), dayHint(day.value))
		}
	}
	if isDay["coverage/start"] && isDay["coverage/end"] && m.Coverage.Start > m.Coverage.End {
		report("coverage/end", fmt.Sprintf("the coverage ends on %s, before it starts", m.Coverage.End), "exchange start and end")
	}
	if last := m.Coverage.EventsEnd; isDay["coverage/events_end"] && isDay["coverage/end"] && last < m.Coverage.End {
		report("coverage/events_end", fmt.Sprintf("the events end on %s, before the announcements", last), "write the last day that was read for events, or remove the key")
	}
	for i, country := range m.Coverage.Countries {
		if message, hint := formCountry.problem(country); message != "" {
			report(fmt.Sprintf("coverage/countries/%d", i), message, hint)
		}
	}
	if m.BaseCurrency != "EUR" {
		report("base_currency", fmt.Sprintf("base_currency %q is not EUR, the only one for now", m.BaseCurrency), "write EUR")
	}
	if len(m.Licenses) == 0 {
		report("licenses", "no licence is given", "name one, such as CC-BY-4.0, with its path and title")
	}
	checkAddresses(m, report)
	checkColors(m, report)
	checkMinimumRows(m, report)
	checkExceptions(m, report)
	checkCodes(m, report)
	for i, c := range m.Selection {
		if !slices.Contains(SelectionColumns(), c.Column) {
			report(fmt.Sprintf("selection/%d", i), fmt.Sprintf("nothing can be chosen by %q", c.Column), "write one of "+strings.Join(SelectionColumns(), ", "))
		}
	}
}

// deviceName matches the names that Windows keeps for devices (Naming Files, Paths, and Namespaces, Microsoft Learn).
var deviceName = pattern.New(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// isDevice reports whether files that a key names cannot be written on Windows.
func isDevice(name string) bool { return deviceName().MatchString(name) }

// checkAddresses holds what becomes a link to the forms of a link that is safe.
func checkAddresses(m *Metadata, report func(path, message, hint string)) {
	hold := func(path, address string) {
		if message, hint := addressProblem(address); message != "" && address != "" {
			report(path, path+" "+message, hint)
		}
	}
	hold("homepage", m.Homepage)
	for i := range m.Licenses {
		hold(fmt.Sprintf("licenses/%d/path", i), m.Licenses[i].Path)
	}
	for i := range m.Contributors {
		hold(fmt.Sprintf("contributors/%d/path", i), m.Contributors[i].Path)
	}
}

func checkMinimumRows(m *Metadata, report func(path, message, hint string)) {
	for _, table := range sortedKeys(m.MinimumRows) {
		if SchemaOf(table) == nil {
			report("minimum_rows/"+table, fmt.Sprintf("minimum_rows names %q, which is no table", table), "write one of "+tableNames())
		} else if m.MinimumRows[table] < 0 {
			report("minimum_rows/"+table, fmt.Sprintf("the minimum of %s is less than 0", table), "write 0 or more")
		}
	}
}

func checkExceptions(m *Metadata, report func(path, message, hint string)) {
	for i, e := range m.Exceptions {
		path := fmt.Sprintf("exceptions/%d", i)
		rule := RuleOf(e.Rule)
		switch {
		case rule == nil:
			report(path+"/rule", fmt.Sprintf("exception from %q, which is no rule", e.Rule), "see haltsheet describe rules")
		case rule.Severity == Error:
			report(path+"/rule", fmt.Sprintf("exception from %q, which is an error", e.Rule), "mend the error; only warnings and notes can be excepted")
		}
		if strings.TrimSpace(e.Reason) == "" {
			report(path, "an exception without a reason", `say why in "reason"`)
		}
		if e.Table != "" && SchemaOf(e.Table) == nil {
			report(path+"/table", fmt.Sprintf("exception for %q, which is no table", e.Table), "write one of "+tableNames())
		}
	}
}

// replaceableCodes are the lists that dataset.json may replace.
var replaceableCodes = []string{"activity", "sector"}

func checkCodes(m *Metadata, report func(path, message, hint string)) {
	for _, list := range sortedKeys(m.Codes) {
		path := "codes/" + list
		if !slices.Contains(replaceableCodes, list) {
			report(path, fmt.Sprintf("codes %q cannot be replaced", list), "only "+strings.Join(replaceableCodes, " and ")+" can")
			continue
		}
		seen, labels := map[string]bool{}, map[string]bool{}
		for i, c := range m.Codes[list] {
			at := fmt.Sprintf("%s/%d", path, i)
			switch {
			case !codePattern().MatchString(c.Code):
				report(at, fmt.Sprintf("code %q is not lower-case letters, digits, - and _", c.Code), "write a code such as health-care")
			case len(c.Code) > maxSlug:
				report(at, fmt.Sprintf("code %q is longer than %d characters", c.Code, maxSlug), "shorten the code; its label and its definition have room")
			case seen[c.Code]:
				report(at, fmt.Sprintf("code %q is there twice", c.Code), "remove one")
			case strings.TrimSpace(c.Definition) == "":
				report(at, fmt.Sprintf("code %q has no definition", c.Code), "define it in one line")
			case labels[c.Words()]:
				report(at, fmt.Sprintf("label %q of code %q is that of another code", c.Words(), c.Code), "give it a label of its own")
			}
			seen[c.Code], labels[c.Words()] = true, true
		}
		if len(seen) == 0 {
			report(path, fmt.Sprintf("codes %q has no codes", list), "list them, or remove the key")
		}
	}
}

var codePattern = pattern.New(`^[a-z0-9]+([-_][a-z0-9]+)*$`)

func tableNames() string {
	names := make([]string, len(Schemas))
	for i := range Schemas {
		names[i] = Schemas[i].Name
	}
	return strings.Join(names, ", ")
}
