package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/intake"
	"haltsheet/export/readback"
)

// readEdited reads what is handed in, in whatever form a spreadsheet saved it, and tells how. Tables that are not there
// are those of made, the dataset that it was made from; what that lacked of the schema, it may lack too.
func (p *program) readEdited(ctx context.Context, path string, made *dataset.Dataset, gaps []dataset.Gap) (*intake.Reading, error) {
	from, err := openEdited(path, made)
	if err != nil {
		return nil, err
	}
	reading, err := p.read(ctx, &from)
	if errors.Is(err, intake.ErrNoTable) {
		return nil, &failure{fmt.Sprintf("%q holds no table of a dataset", path), "name a folder with a table such as companies.csv, or a file"}
	}
	if err != nil {
		return nil, err
	}
	p.sayReading(reading)
	if reading.Dataset == made {
		return reading, nil // which was held to the rules already
	}
	reading.Dataset.AcceptOlder(func(g dataset.Gap) bool { return slices.ContainsFunc(gaps, g.IsAs) })
	return reading, p.mustBeLegible(ctx, reading.Dataset, from, "written")
}

// openEdited opens what is handed in: an export or a dataset folder, a workbook, a JSON document, or one table as CSV.
func openEdited(path string, made *dataset.Dataset) (data, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return data{}, &failure{fmt.Sprintf("there is no file or folder %q", path), "name what was edited: a workbook, a folder, a table as CSV or a JSON document"}
	}
	if err != nil {
		return data{}, unreadable(path, err)
	}
	inside := path
	if isExportFolder(path, info) {
		inside = readback.Find(path)
	}
	from := data{name: path, folder: filepath.Dir(inside)}
	extension := strings.ToLower(filepath.Ext(inside))
	switch isDir := info.IsDir() && isDirectory(inside); {
	case !isDir && intake.IsMisnamed(inside):
		what, saveAs := intake.WhatIs(inside)
		return data{}, &failure{fmt.Sprintf("%q is %s", path, what), saveAs}
	case isDir:
		from.folder = inside
		from.load = func(s *step) (*intake.Reading, error) { return loadEdited(inside, made, s) }
	case readback.IsWorkbook(inside) || extension == ".json":
		from.load = func(*step) (*intake.Reading, error) { return readback.HandedIn(inside, made) }
	case slices.Contains(intake.Extensions, extension):
		from.load = func(*step) (*intake.Reading, error) { return intake.Read(inside, made) }
	default:
		what, saveAs := intake.WhatIs(inside)
		return data{}, &failure{fmt.Sprintf("%q is %s", path, what), saveAs}
	}
	return from, nil
}

func isDirectory(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// loadEdited loads a folder by the fast road where it is a dataset folder in plain form, in which there is nothing to undo.
func loadEdited(dir string, made *dataset.Dataset, s *step) (*intake.Reading, error) {
	if intake.IsPlain(os.DirFS(dir)) {
		reading, err := loader(os.DirFS(dir))(s)
		if err != nil || intake.IsPlainMetadata(&reading.Dataset.Metadata) && len(dataset.Where(dataset.Examine(reading.Dataset), isUndone)) == 0 {
			return reading, err
		}
	}
	return intake.Read(dir, made)
}

// isUndone reports whether a finding may be about something that the slow road undoes, or tells better.
func isUndone(k dataset.Kind) bool {
	return k.Severity == dataset.Error && k.Rule != "count-below-minimum" || k.Rule == "text-space"
}

// sayReading tells how something was read: in which form, which cells as something else than they hold, and what was left out.
func (p *program) sayReading(reading *intake.Reading) {
	for _, how := range reading.How {
		p.say("%s", how)
	}
	told := 0
	for _, r := range reading.Remarks.First {
		if r.Severity == dataset.Warning {
			p.sayFindings(dataset.Findings{{Rule: intake.RuleLeftOut, Severity: r.Severity, Place: r.Place, Message: r.Message, Hint: r.Hint}})
			continue
		}
		if told++; told <= fewTold {
			p.say("%s: %s", r.Place, r.Message)
			if r.Hint != "" {
				p.hint("%s", r.Hint)
			}
		}
	}
	if more := reading.Remarks.Count(dataset.Note) - fewTold; more > 0 {
		p.say("and %s more", counted(more, "such cell"))
	}
	for kind, more := range reading.Remarks.Beyond() {
		if kind.Severity == dataset.Warning && !p.quiet {
			p.line(fmt.Sprintf("%s [%s]", leftOut{kind, more}, kind.Rule))
		}
	}
}

// fewTold is up to how many readings are told one by one.
const fewTold = 20
