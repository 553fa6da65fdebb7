package dataset

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"haltsheet/dataset/pattern"
)

// MetadataFile is the name of the file of the Metadata in a dataset folder.
const MetadataFile = "dataset.json"

// Metadata is dataset.json: what the dataset is, whom it comes from, and what holds for all of it.
type Metadata struct {
	Name           string            `json:"name"` // the stem of file names
	Title          string            `json:"title"`
	Description    string            `json:"description"`
	Version        string            `json:"version"`  // Semantic Versioning 2.0.0
	Released       string            `json:"released"` // the only "now" that outputs know
	Homepage       string            `json:"homepage"`
	Contact        string            `json:"contact"`
	NextUpdate     string            `json:"next_update"`
	Citation       string            `json:"citation"`
	RevisionPolicy string            `json:"revision_policy"`
	RoundingPolicy string            `json:"rounding_policy"`
	Licenses       []License         `json:"licenses"`
	Contributors   []Contributor     `json:"contributors"`
	Keywords       []string          `json:"keywords"`
	Coverage       Coverage          `json:"coverage"`
	BaseCurrency   string            `json:"base_currency"`
	MinimumRows    map[string]int    `json:"minimum_rows"` // by table; fewer rows are an error
	Exceptions     []Exception       `json:"exceptions"`
	Codes          map[string][]Code `json:"codes,omitempty"` // in place of the sectors or the activities
	RatesNote      string            `json:"rates_note"`
	Hue            string            `json:"hue,omitempty"`    // the colour of charts, headers and the page, such as #0072b2
	Accent         string            `json:"accent,omitempty"` // the colour of what stands out beside it
	// Selection is what the dataset was chosen by from a larger one; Held are the donations that count in none of its totals,
	// because one that was left out holds them.
	Selection []Choice `json:"selection,omitempty"`
	Held      []string `json:"held,omitempty"`
}

// License is a licence as Data Package v2 describes it.
type License struct {
	Name  string `json:"name"` // an SPDX identifier
	Path  string `json:"path"`
	Title string `json:"title"`
}

// Contributor is somebody who made the dataset.
type Contributor struct {
	Title string   `json:"title"`
	Path  string   `json:"path,omitempty"`
	Roles []string `json:"roles,omitempty"`
}

// Coverage is what the dataset is about: plain days, all included, and countries of ISO 3166-1.
type Coverage struct {
	Start     string   `json:"start"`
	End       string   `json:"end"`                  // of what was announced
	EventsEnd string   `json:"events_end,omitempty"` // of what became of it; without it End
	Countries []string `json:"countries"`
}

// Exception keeps a warning or a note from being reported. Empty fields fit everything.
type Exception struct {
	Rule     string `json:"rule"`
	Table    string `json:"table,omitempty"`
	Key      string `json:"key,omitempty"`
	OtherKey string `json:"other_key,omitempty"` // of the other record of a pair
	Field    string `json:"field,omitempty"`
	Reason   string `json:"reason"`
}

// MarshalMetadata writes dataset.json in canonical form: keys in order, two spaces, a line feed at the end.
func MarshalMetadata(m Metadata) ([]byte, error) {
	for _, list := range []any{&m.Licenses, &m.Contributors, &m.Keywords, &m.Coverage.Countries, &m.Exceptions} {
		if value := reflect.ValueOf(list).Elem(); value.IsNil() {
			value.Set(reflect.MakeSlice(value.Type(), 0, 0))
		}
	}
	if m.MinimumRows == nil {
		m.MinimumRows = map[string]int{}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(m)
	return b.Bytes(), err
}

// metadataFile is dataset.json as it was read.
type metadataFile struct {
	text    string
	lines   *Lines
	offsets map[string]int // of each value by path, such as exceptions/0/rule
	at      locator        // nil for a file of its own
}

// locator returns where a value of dataset.json stands that comes from another file, by its path and its offset.
type locator func(path string, offset int) Place

// place returns where the value of a path stands, or the value nearest above it.
func (m *metadataFile) place(path string) Place {
	for {
		if offset, ok := m.offsets[path]; ok || path == "" {
			if m.at != nil {
				return m.at(path, offset)
			}
			line, column := m.lines.At(offset)
			return Place{File: MetadataFile, Line: line, Column: column}
		}
		path = parentPath(path)
	}
}

// parentPath returns the path of the value that holds another.
func parentPath(path string) string { return path[:max(strings.LastIndexByte(path, '/'), 0)] }

// pathBefore returns the path of the last value that begins before an offset.
func (m *metadataFile) pathBefore(offset int) (path string) {
	for other, start := range m.offsets {
		if start < offset && start >= m.offsets[path] {
			path = other
		}
	}
	return path
}

// readMetadata reads dataset.json and says what is wrong with it.
func readMetadata(text string, at locator) (m Metadata, file *metadataFile, log *FindingLog) {
	file = &metadataFile{text: text, lines: NewLines(text), offsets: map[string]int{}, at: at}
	told := map[string]bool{}
	log = &FindingLog{}
	report := func(path, message, hint string) {
		if told[path] {
			return // one thing at a time
		}
		told[path] = true
		log.Add(Finding{
			Rule: "metadata", Place: file.place(path), Field: path, Message: message, Hint: cmp.Or(hint, RuleOf("metadata").Hint),
		})
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			file.offsets[""] = max(int(syntax.Offset)-1, 0)
			report("", "dataset.json is not JSON: "+syntax.Error(), "mend the syntax at this place")
		} else {
			report("", "dataset.json is not a JSON object", "begin with { and end with }")
		}
		return m, file, log
	}
	file.index(report, func(rule *Rule, path, message string) {
		log.Add(Finding{Rule: rule.ID, Place: file.place(path), Field: path, Message: message, Hint: rule.Hint})
	})
	fields := reflect.ValueOf(&m).Elem()
	for i := range fields.NumField() {
		key := keyOf(fields.Type().Field(i))
		if values[key] == nil {
			continue
		}
		err := json.Unmarshal(values[key], fields.Field(i).Addr().Interface())
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			path := file.pathBefore(file.offsets[key] + int(wrong.Offset))
			report(path, fmt.Sprintf("%q is a JSON %s, where %s belongs", path, wrong.Value, kindNames[wrong.Type.Kind()]), "")
		}
	}
	var unknown []string
	for path := range file.offsets {
		if isUnknown(fields.Type(), path) {
			unknown = append(unknown, path)
		}
	}
	slices.Sort(unknown)
	for _, path := range unknown {
		report(path, fmt.Sprintf("there is no key %q in dataset.json", path), "remove it, or mend its spelling")
	}
	checkMetadata(&m, report)
	return m, file, log
}

// isUnknown reports whether values of a type have no place for a path, but one for what stands above it. Keys are told apart by case,
// which encoding/json does not do.
func isUnknown(t reflect.Type, path string) bool {
	var key string
	for isDeeper := path != ""; isDeeper; {
		key, path, isDeeper = strings.Cut(path, "/")
		switch t.Kind() {
		case reflect.Slice, reflect.Map:
			t = t.Elem()
		case reflect.Struct:
			if t = fieldsOf(t)[key]; t == nil {
				return !isDeeper
			}
		default:
			return false // another type is a finding of its own
		}
	}
	return false
}

// fieldTypes has the types of the fields of the structs of dataset.json, by their keys.
var fieldTypes sync.Map

// fieldsOf returns the types of the fields of a struct by their keys in JSON.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	known, is := fieldTypes.Load(t)
	if !is {
		fields := map[string]reflect.Type{}
		for field := range t.Fields() {
			fields[keyOf(field)] = field.Type
		}
		known, _ = fieldTypes.LoadOrStore(t, fields)
	}
	return known.(map[string]reflect.Type) //nolint:forcetypeassert // nothing else is put there
}

// keyOf returns the key of a field in JSON.
func keyOf(field reflect.StructField) string {
	key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return key
}

// kindNames tells what belongs where, in the words of JSON.
var kindNames = map[reflect.Kind]string{
	reflect.String: "a string", reflect.Slice: "an array", reflect.Map: "an object", reflect.Struct: "an object", reflect.Int: "a whole number",
}

// metadataIndex notes the offset of every value of a JSON text that is known to be well-formed, and holds texts to what texts are
// held to.
type metadataIndex struct {
	*metadataFile
	decoder *json.Decoder
	report  func(path, message, hint string)
	warn    func(rule *Rule, path, message string)
}

func (m *metadataFile) index(report func(path, message, hint string), warn func(rule *Rule, path, message string)) {
	i := metadataIndex{m, json.NewDecoder(strings.NewReader(m.text)), report, warn}
	i.decoder.UseNumber()
	i.value("")
}

// value notes one value, and those in it.
func (m *metadataIndex) value(path string) {
	start := int(m.decoder.InputOffset())
	for strings.IndexByte(" \t\r\n:,", m.text[start]) >= 0 {
		start++
	}
	_, repeated := m.offsets[path]
	if m.offsets[path] = start; repeated {
		m.report(path, fmt.Sprintf("the key %q is there twice", path), "remove one")
	}
	token, _ := m.decoder.Token()
	if text, ok := token.(string); ok {
		m.checkText(path, text, m.text[start:m.decoder.InputOffset()])
	}
	delim, isDelim := token.(json.Delim)
	if !isDelim {
		return
	}
	if strings.Count(path, "/") >= maxDepth {
		skipInside(m.decoder)
		return
	}
	for i := 0; m.decoder.More(); i++ {
		child := strconv.Itoa(i)
		if delim == '{' {
			key, _ := m.decoder.Token()
			child = strings.ReplaceAll(key.(string), "/", "~1") // as in a JSON pointer
		}
		m.value(strings.TrimPrefix(path+"/"+child, "/"))
	}
	_, _ = m.decoder.Token() // the closing bracket
}

// checkText holds a text to the rules for texts; written is how it stands in the file.
func (m *metadataIndex) checkText(path, text, written string) {
	if r, found := controlIn(text, true); found {
		m.report(path, fmt.Sprintf("%q holds the control character %U", path, r), RuleOf("text-control").Hint)
		return
	}
	if n := utf16Length(text); n > maxText {
		m.report(path, fmt.Sprintf("%q has %d UTF-16 code units, more than the %d of a worksheet cell", path, n, maxText), RuleOf("text-too-long").Hint)
		return
	}
	if half := halfSurrogateIn(written); half != "" {
		m.report(path, fmt.Sprintf("%q holds %s, half of a surrogate pair, which is no character", path, half), "write the character itself")
		return
	}
	if problem := lostProblem(text); problem != "" {
		m.warn(RuleOf("text-lost"), path, fmt.Sprintf("%q %s", path, problem))
	}
	if problem := invisibleProblem(text); problem != "" {
		m.warn(RuleOf("text-invisible"), path, fmt.Sprintf("%q is not as it looks: %s", path, problem))
	}
}

// wholePairs are what may stand before a half of a surrogate pair in a JSON text, or is none: whole pairs, and escaped backslashes.
var (
	wholePairs    = pattern.New(`\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}`)
	halfSurrogate = pattern.New(`\\u[dD][89a-fA-F][0-9a-fA-F]{2}`)
)

// halfSurrogateIn returns the first half of a surrogate pair that a JSON text escapes, if any.
func halfSurrogateIn(written string) string {
	if !strings.Contains(written, `\u`) {
		return ""
	}
	return halfSurrogate().FindString(wholePairs().ReplaceAllString(written, ""))
}

// maxDepth is how many levels down values are told apart, which is deeper than any has a place.
const maxDepth = 8

// skipInside reads up to the bracket that closes the one that was read.
func skipInside(decoder *json.Decoder) {
	for depth := 1; depth > 0; {
		token, err := decoder.Token()
		if err != nil {
			return // of which reading the whole text has told
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
