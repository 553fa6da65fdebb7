package dataset_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestAddresses holds addresses of sources to what a browser opens for anybody.
func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"https://acme.example/": "", "http://acme.example:8080/a?b=c#d": "", "https://acme.example/@news": "", "https://[2001:db8::1]:443/": "", "https://acme.example:1/": "", "https://acme.example:65535/": "",
		"https://ann@acme.example/": "names a user", "https://ann:secret@acme.example/": "names a user", "https://@acme.example/": "names a user",
		"https://acme.example:0/": "port", "https://acme.example:65536/": "port", "https://acme.example:99999999999999999999/": "port", "https://acme.example:http/": "address",
	} {
		files := datasettest.CleanWith(nil)
		sources := string(files["sources.csv"].Data)
		files["sources.csv"] = &fstest.MapFile{Data: []byte(strings.Replace(sources, "https://herald.example/world", address, 1))}
		d, err := dataset.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range dataset.Check(d) {
			if f.Rule == "pattern" {
				found = append(found, f.Message)
			}
		}
		if len(found) > 0 != (want != "") || len(found) > 0 && !strings.Contains(found[0], want) {
			t.Errorf("%s: got %q, want %q", address, found, want)
		}
	}
}
