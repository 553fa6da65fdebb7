package page_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/page"
	"haltsheet/export/verify"
	"haltsheet/fixtures"
)

// output is a page in memory.
type output struct{ bytes.Buffer }

func (*output) Stopped() error { return nil }

func bookOf(t *testing.T, data fs.FS) *export.Book {
	t.Helper()
	d, err := dataset.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := dataset.Check(d).Err(); err != nil {
		t.Fatal(err)
	}
	return export.NewBook(d)
}

func render(t *testing.T, b *export.Book) string {
	t.Helper()
	return renderBeside(t, b, nil)
}

func renderBeside(t *testing.T, b *export.Book, downloads []page.Download) string {
	t.Helper()
	var out output
	rows, err := page.Pack(out.Stopped, b)
	if err == nil {
		err = page.Write(&out, b, rows, downloads)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestSize holds the page of the built-in dataset to 2 MB, and to the same bytes each time.
func TestSize(t *testing.T) {
	b := bookOf(t, fixtures.FS)
	content := render(t, b)
	if len(content) > 2_000_000 {
		t.Errorf("the page has %d bytes, want at most 2,000,000", len(content))
	}
	if content != render(t, b) {
		t.Error("the second page is not the first")
	}
}

// TestPolicy holds the content security policy to the inline elements: each is named by its hash, and nothing else is
// allowed to run.
func TestPolicy(t *testing.T) {
	content := render(t, bookOf(t, fixtures.FS))
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(content)
	if policy == nil {
		t.Fatal("the page has no policy")
	}
	for _, element := range []string{"script", "style"} {
		inline := regexp.MustCompile(`(?s)<`+element+`>(.*?)</`+element+`>`).FindAllStringSubmatch(content, -1)
		if len(inline) != 1 {
			t.Fatalf("the page has %d elements %s, want 1", len(inline), element)
		}
		sum := sha256.Sum256([]byte(inline[0][1]))
		if want := element + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"; !strings.Contains(policy[1], want) {
			t.Errorf("the policy %s lacks %s", policy[1], want)
		}
	}
	if strings.Contains(policy[1], "unsafe") || !strings.HasPrefix(policy[1], "default-src 'none';") {
		t.Errorf("the policy allows too much: %s", policy[1])
	}
	if loose := regexp.MustCompile(`<[a-z][^>]* (on[a-z]+|style|src)=`).FindString(content); loose != "" {
		t.Errorf("the page has %s", loose)
	}
}

// TestHostile puts markup into every text of a dataset; none of it is markup in the page.
func TestHostile(t *testing.T) {
	content := render(t, bookOf(t, hostile(t)))
	for _, markup := range []string{"<script>alert", "<img src=x", "<svg onload", "</title><script", "</style><"} {
		if strings.Contains(content, markup) {
			t.Errorf("the page has %s", markup)
		}
	}
	if n := strings.Count(content, "<script"); n != 2 {
		t.Errorf("the page has %d scripts, want its data and its own", n)
	}
}

// hostile is the clean dataset with texts that try to be more than texts.
func hostile(t *testing.T) fs.FS {
	t.Helper()
	archive, err := os.ReadFile(filepath.Join("testdata", "hostile.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	archive = bytes.ReplaceAll(archive, []byte("TENTHOUSAND"), bytes.Repeat([]byte("W"), 10_000))
	files := map[string][]byte{}
	for name, file := range datasettest.Folder(archive) {
		files[name] = file.Data
	}
	return datasettest.CleanWith(files)
}

// TestLarge shows a dataset of more rows than a page holds without them, and says where they are.
func TestLarge(t *testing.T) {
	b := bookOf(t, datasettest.Clean())
	page.SetMaxRows(t, 3)
	content := renderBeside(t, b, []page.Download{{Path: "csv/halts.csv", Title: "Halts", Bytes: 1, Hash: "00"}})
	for _, want := range []string{"more than a page can hold", `<a href="csv/halts.csv">Halts, CSV</a>`} {
		if !strings.Contains(content, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if findings := hold(t, []byte(content), b); len(findings) > 0 {
		t.Errorf("the page without rows does not hold: %v", findings)
	}
}

// hold writes a page to a folder and holds it to a book.
func hold(t *testing.T, content []byte, b *export.Book) dataset.Findings {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, page.File), content, 0o666); err != nil {
		t.Fatal(err)
	}
	return verify.Hold(context.Background(), dir, page.File, "", b, page.Reader)
}

// TestReader holds pages to other data than they were made of: the first cell that is off is named.
func TestReader(t *testing.T) {
	b := bookOf(t, datasettest.Clean())
	content := []byte(render(t, b))
	if findings := hold(t, content, b); len(findings) > 0 {
		t.Fatalf("the page does not hold: %v", findings)
	}
	changed := bookOf(t, datasettest.CleanWith(map[string][]byte{
		"recipients.csv": []byte("recipient_id,name,type,country,note\nred-cross,Red Cross,red_cross_red_crescent,CH,\nunhcr,UNHCR,un_agency,FR,\n"),
	}))
	findings := hold(t, content, changed)
	if len(findings) != 1 || findings[0].Rule != verify.Mismatch || findings[0].Key != "unhcr" || findings[0].Field != "country" {
		t.Errorf("got %v, want the country of unhcr", findings)
	}
	start := bytes.Index(content, []byte(`id="data">`)) + len(`id="data">`)
	for name, broken := range map[string][]byte{
		"no data":  content[:start-20],
		"cut":      slices.Concat(content[:start+100], []byte("</script>")),
		"no zip":   slices.Concat(content[:start], []byte("AAAA</script>")),
		"no base":  slices.Concat(content[:start], []byte("?</script>")),
		"no table": slices.Concat(content[:start], packed(t, `{"tables":[]}`), []byte("</script>")),
		"no cells": slices.Concat(content[:start], packed(t, `{"tables":[{"name":"companies","columns":[{"name":"company_id"}],"rows":3,"cells":[["a"]]}]}`), []byte("</script>")),
	} {
		if findings := hold(t, broken, b); len(findings) == 0 || findings[len(findings)-1].Rule != verify.Unreadable {
			t.Errorf("%s: got %v, want %s", name, findings, verify.Unreadable)
		}
	}
}

// TestHostileData refuses data that is far more than it takes packed, before memory is taken for it, in few words.
func TestHostileData(t *testing.T) {
	b := bookOf(t, datasettest.Clean())
	content := []byte(render(t, b))
	start := bytes.Index(content, []byte(`id="data">`)) + len(`id="data">`)
	long := strings.Repeat("a", 65<<20)
	for problem, data := range map[string]string{
		"its data has a value of more than 67108864 bytes": `{"tables":[{"name":"` + long + `"}]}`,
		"has more than 1000 columns":                       `{"tables":[{"name":"halts","columns":[` + strings.Repeat("{},", 2_000_000),
		"is none, or there twice":                          `{"tables":[{"name":"` + long[:10<<20] + `","columns":[{}],"cells":[]}]}`,
	} {
		hostile := slices.Concat(content[:start], packed(t, data), []byte("</script>"))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		findings := hold(t, hostile, b)
		runtime.ReadMemStats(&after)
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 512<<20 {
			t.Errorf("to tell that its data %s takes %d bytes of memory", problem, taken)
		}
		if last := findings[len(findings)-1]; last.Rule != verify.Unreadable || !strings.Contains(last.Message, problem) || len(last.Message) > 1000 {
			t.Errorf("got %.1000v, want that its data %s", last, problem)
		}
	}
}

// packed returns a JSON text as a page holds it.
func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	base := base64.NewEncoder(base64.StdEncoding, &b)
	zip := gzip.NewWriter(base)
	if _, err := zip.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(zip.Close(), base.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestInWords writes dates as precise as they are.
func TestInWords(t *testing.T) {
	for edtf, want := range map[string]string{
		"2022": "2022", "2022-03": "March 2022", "2022-03-09": "9 March 2022", "2022-03-31": "31 March 2022",
		"2022~": "about 2022", "2022-03?": "March 2022 (uncertain)", "2022-12-01%": "about 1 December 2022 (uncertain)",
	} {
		if got := page.InWords(edtf); got != want {
			t.Errorf("%s: got %q, want %q", edtf, got, want)
		}
	}
}
