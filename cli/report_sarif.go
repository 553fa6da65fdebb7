package cli

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"haltsheet/dataset"
)

// object is a JSON object.
type object = map[string]any

// writeSARIF writes findings in the Static Analysis Results Interchange Format, version 2.1.0:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
func writeSARIF(w io.Writer, r *result) error {
	findings, beyond := weightiest(r.found, isAny)
	leftOut := r.lines(beyond)
	results, seen := []object{}, map[string]int{}
	add := func(f *dataset.Finding) object {
		fingerprint := f.Fingerprint()
		seen[fingerprint]++
		added := sarifResult(f, r.folder)
		// By this name GitHub knows a result again.
		added["partialFingerprints"] = object{"primaryLocationLineHash": fmt.Sprintf("%s:%d", fingerprint, seen[fingerprint])}
		results = append(results, added)
		return added
	}
	for i := range findings {
		add(&findings[i])
	}
	if r.excepted != nil {
		excepted, count := r.excepted(mostResults - len(results))
		for i := range excepted {
			add(&excepted[i].Finding)["suppressions"] = []object{{"kind": "external", "status": "accepted", "justification": excepted[i].Reason}}
		}
		if more := count - len(excepted); more > 0 {
			leftOut = append(leftOut, counted(more, "finding")+" with an exception not listed")
		}
	}
	run := object{
		"tool":       object{"driver": object{"name": "haltsheet", "version": toolVersion(), "rules": sarifRules()}},
		"columnKind": "unicodeCodePoints",
		"results":    results,
	}
	if leftOut != nil {
		run["invocations"] = []object{{"executionSuccessful": true, "toolExecutionNotifications": sarifNotifications(leftOut)}}
	}
	return writeJSON(w, object{
		"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		"version": "2.1.0",
		"runs":    []object{run},
	})
}

// sarifNotifications tell what is not among the results.
func sarifNotifications(lines []string) []object {
	notifications := make([]object, len(lines))
	for i, line := range lines {
		notifications[i] = object{"level": "warning", "message": object{"text": line}}
	}
	return notifications
}

func sarifRules() []object {
	rules := make([]object, len(dataset.Rules))
	for i := range dataset.Rules {
		rule := &dataset.Rules[i]
		rules[i] = object{
			"id":                   rule.ID,
			"shortDescription":     object{"text": rule.Title},
			"fullDescription":      object{"text": rule.Explanation},
			"help":                 object{"text": rule.Hint},
			"defaultConfiguration": object{"level": rule.Severity},
		}
		if strings.Contains(rule.ID, "-") { // of one word, the name would be the ID again, which is no name
			rules[i]["name"] = pascalCase(rule.ID)
		}
	}
	return rules
}

// pascalCase returns the name of a rule as SARIF wants one for people (3.49.7): TextLost for text-lost.
func pascalCase(id string) string {
	var name strings.Builder
	for word := range strings.SplitSeq(id, "-") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}

func sarifResult(f *dataset.Finding, folder string) object {
	related := make([]object, len(f.Related))
	for i, place := range f.Related {
		related[i] = sarifLocation(place, folder)
	}
	return object{
		"ruleId":           f.Rule,
		"level":            f.Severity,
		"message":          object{"text": annotation(f)},
		"locations":        []object{sarifLocation(f.Place, folder)},
		"relatedLocations": related,
		"properties":       object{"table": f.Table, "key": f.Key, "field": f.Field, "value": f.Value},
	}
}

func sarifLocation(place dataset.Place, folder string) object {
	physical := object{"artifactLocation": object{"uri": fileURI(filepath.Join(folder, place.File))}}
	if place.Line > 0 {
		physical["region"] = object{"startLine": place.Line, "startColumn": place.Column}
	}
	location := object{"physicalLocation": physical}
	if place.Sheet != "" {
		location["logicalLocations"] = []object{{"name": place.Cell, "fullyQualifiedName": place.Sheet + "!" + place.Cell, "kind": "element"}}
	}
	return location
}

// annotation returns what a finding says beside a file: in a workbook, which has no lines, with its worksheet and cell.
func annotation(f *dataset.Finding) string {
	text := f.Message
	if f.Sheet != "" {
		text = f.Sheet + "!" + f.Cell + ": " + text
	}
	if f.Hint != "" {
		text += "\nhint: " + f.Hint
	}
	return text
}

// fileURI returns the URI of a file, relative where its path is.
func fileURI(path string) string {
	u := url.URL{Path: filepath.ToSlash(path)}
	if filepath.IsAbs(path) {
		u.Scheme = "file"
		if !strings.HasPrefix(u.Path, "/") {
			u.Path = "/" + u.Path // a drive letter
		}
	}
	return u.String()
}
