//go:build conformance

package export_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/sql"
	"haltsheet/fixtures"
)

// What separates cells and rows where databases print them: the separators of ASCII, which no cell has.
const unitSeparator, recordSeparator = "\x1f", "\x1e"

// database runs a script in a database of its own, then queries, each on one line, and returns the rows of each.
type database struct {
	name  string
	query func(t *testing.T, script string, queries []string) [][][]string
	// orphan runs the script and then a statement that must be refused, and returns what the database says.
	refusal func(t *testing.T, script, statement string) string
}

// databases returns the databases that run the script, with PostgreSQL started for the test.
func databases(t *testing.T) []database {
	server := startPostgres(t)
	return []database{
		{"sqlite", sqliteQuery, func(t *testing.T, script, statement string) string {
			_, problem := sqlite(t, script, statement)
			return problem
		}},
		{"postgresql", server.query, server.refusal},
		{"duckdb", duckdbQuery, duckdbRefusal},
	}
}

// TestConformanceSQL runs the script of each dataset in each database: every cell of every table, and every figure of every
// summary, is as the book has it, the headline is exact, and a row that refers to nothing is refused.
func TestConformanceSQL(t *testing.T) {
	books := map[string]*export.Book{"built-in": bookOf(fixtures.FS), "clean": bookOf(datasettest.Clean()), "awkward": bookOf(awkwardData())}
	drawn := rapid.Custom(datasettest.Draw)
	for seed := range 2 {
		books[fmt.Sprint("drawn-", seed)] = bookOf(drawn.Example(seed))
	}
	databases := databases(t)
	for name, book := range books {
		dir := filepath.Join(t.TempDir(), "out")
		write(t, dir, book, format("sql"))
		script := filepath.Join(dir, "sql", sql.File(book))
		for _, database := range databases {
			t.Run(name+" "+database.name, func(t *testing.T) { holdDatabase(t, book, script, database) })
		}
	}
}

// awkwardTexts are what databases and their programs could take for something else.
var awkwardTexts = []string{
	"it's '' \\' \"x\"", "'); DROP TABLE \"halts\"; --", "$$ $1 ?1 :name @x %s", "a -- b /* c */", ".quit", "\\q", "\\", "NULL", "0x00", "E'\\n'",
	"go", "/", ";", "=1+1", "1e5", "TRUE", "Müller 🙂 שלום \u202eabc", "_x000D_", "{}", "2022-03-09", " ",
}

// awkwardData has awkward texts, the largest and the finest numbers that the rules allow, and companies that refer to others behind
// them.
func awkwardData() fs.FS {
	cell := func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
	companies := "company_id,name,parent_id,country,sector,note\nacme,Acme,zeta,US,retail,\nacme-games,Acme Games,acme,JP,video-games,\nborealis,Borealis,acme-games,FI,energy,\nzeta,Zeta,,US,retail,\n"
	halts := "halt_id,company_id,action,activity,product,countries,status,announced,effective,description,source_ids,note\n"
	for i, text := range awkwardTexts {
		halts += fmt.Sprintf("acme-%02d,acme,exit,retail_sales,%s,BY;RU,planned,2022-03-%02d,,%s,herald-2022-03-09,\n", i, cell(text), i+1, cell("x\n"+text+"\n"))
	}
	donations := "donation_id,company_id,joint_company_ids,announced,type,amount,amount_qualifier,currency,stated_amount,stated_currency,product,recipient_ids,included_in,description,source_ids,note\n" +
		"a-1,acme,,2022-03-01,cash,999999999999998,,JPY,,,,unhcr,,Yen.,acme-2022-03-08,\n" +
		"a-2,acme,zeta,2022-03-01,cash,0.1,,USD,,,,unhcr;red-cross,a-3,Dimes.,acme-2022-03-08,\n" +
		"a-3,acme,zeta,2022-03-01,pledge,12345678901.1234,,CLF,,,,unhcr;red-cross,,Units.,acme-2022-03-08,\n"
	for i := range 300 {
		donations += fmt.Sprintf("b-%03d,borealis,,2022-03-01,cash,%d.%02d,,EUR,,,,,,Euros.,acme-2022-03-08,\n", i, i*1_000_003, i%89+10-i%10)
	}
	donations = strings.ReplaceAll(donations, "0,,EUR", ",,EUR") // no trailing zeros
	return datasettest.CleanWith(map[string][]byte{
		"companies.csv": []byte(companies), "halts.csv": []byte(halts), "events.csv": nil, "donations.csv": []byte(donations),
		"rates.csv": []byte("date,currency,units_per_eur\n2022-03-01,CLF,0.000001\n2022-03-01,JPY,123456789.123456\n2022-03-01,USD,1.123456\n2022-03-02,USD,123456789012\n"),
	})
}

func holdDatabase(t *testing.T, book *export.Book, script string, database database) {
	tables := slices.Concat(book.Curated, book.Links, book.Codebook)
	var queries []string
	for _, table := range tables {
		queries = append(queries, "SELECT "+columnsInSQL(table)+` FROM "`+table.Name+`" ORDER BY `+strings.Join(table.KeyNames(), ", "))
	}
	for _, table := range book.Summaries {
		queries = append(queries, "SELECT "+columnsInSQL(table)+` FROM "summary_`+table.Name+`"`)
	}
	queries = append(queries, "SELECT COALESCE(ROUND(SUM(amount_eur), 2), 0) FROM counted_donations")
	results := database.query(t, script, queries)
	for i, table := range slices.Concat(tables, book.Summaries) {
		holdResult(t, table, results[i])
	}
	headline := dataset.FiguresOf(book.Summaries)
	for row := range headline.Rows {
		if headline.Cell(row, 0).Text == "Own cash donated" && !isSameInSQL(results[len(results)-1][0][0], headline.Cell(row, 1).Number.String(), dataset.TypeDecimal) {
			t.Errorf("the headline is %v, want %v", results[len(results)-1], headline.Cell(row, 1).Number)
		}
	}
	const orphan = `INSERT INTO "halt_sources" ("halt_id", "position", "source_id") VALUES ('no-such-halt', 1, 'no-such-source')`
	if problem := database.refusal(t, script, orphan); !strings.Contains(strings.ToLower(problem), "foreign key") {
		t.Errorf("a row that refers to nothing: %q", problem)
	}
}

// holdResult holds the rows that a query gave to those of a table.
func holdResult(t *testing.T, table *dataset.Table, rows [][]string) {
	t.Helper()
	if len(rows) != table.Rows {
		t.Errorf("%s has %d rows, want %d", table.Name, len(rows), table.Rows)
		return
	}
	for i, row := range inOrderOfKey(table) {
		for column := range table.Columns {
			c, want := &table.Columns[column], string(table.AppendCell(nil, row, column))
			if got := rows[i][column]; !isSameInSQL(got, want, c.Type) {
				t.Errorf("%s of row %d of %s is %q, want %q", c.Name, row+1, table.Name, got, want)
				return
			}
		}
	}
}

// isSameInSQL reports whether a cell that a database printed is one of ours.
func isSameInSQL(got, want string, kind dataset.Type) bool {
	switch kind {
	case dataset.TypeBoolean:
		return map[string]string{"1": "true", "t": "true", "true": "true", "0": "false", "f": "false", "false": "false", "": ""}[got] == want
	case dataset.TypeDecimal, dataset.TypeInteger:
		a, okA := new(big.Rat).SetString(got)
		b, okB := new(big.Rat).SetString(want)
		return got == want || okA && okB && a.Cmp(b) == 0
	default:
		return got == want
	}
}

func columnsInSQL(table *dataset.Table) string {
	names := make([]string, len(table.Columns))
	for i := range names {
		names[i] = strconv.Quote(table.Columns[i].Name)
	}
	return strings.Join(names, ", ")
}

// inOrderOfKey returns the rows of a table in the order of its key; a summary has none, and stays as it is.
func inOrderOfKey(table *dataset.Table) []int {
	order := make([]int, table.Rows)
	for row := range order {
		order[row] = row
	}
	slices.SortStableFunc(order, func(a, b int) int {
		for _, name := range table.KeyNames() {
			column := table.Column(name)
			x, y := table.Cell(a, column), table.Cell(b, column)
			if by := cmp.Or(cmp.Compare(x.Number.Coefficient(), y.Number.Coefficient()), cmp.Compare(x.Day, y.Day), strings.Compare(x.Text, y.Text)); by != 0 {
				return by
			}
		}
		return 0
	})
	return order
}

// sqlite runs a script and statements behind it with foreign keys on, and returns what it prints and complains of.
func sqlite(t *testing.T, script string, statements ...string) (printed, problem string) {
	t.Helper()
	text, err := os.ReadFile(script)
	must(t, err)
	command := exec.CommandContext(t.Context(), "sqlite3", "-bail", "-batch", ":memory:")
	var output, problems bytes.Buffer
	command.Stdin = strings.NewReader("PRAGMA foreign_keys = ON;\n.mode ascii\n" + string(text) + strings.Join(statements, ";\n") + ";\nPRAGMA foreign_key_check;\n")
	command.Stdout, command.Stderr = &output, &problems
	_ = command.Run() // it tells why
	return output.String(), problems.String()
}

func sqliteQuery(t *testing.T, script string, queries []string) [][][]string {
	t.Helper()
	printed, problem := sqlite(t, script, marked(queries)...)
	if problem != "" {
		t.Fatal(problem)
	}
	results, behind := resultsIn(printed, recordSeparator)
	if behind != "" {
		t.Errorf("foreign keys are broken: %q", behind)
	}
	return results
}

// endOfQuery is printed behind the rows of each query.
const endOfQuery = "end of query"

// marked puts a query that prints endOfQuery behind each.
func marked(queries []string) (statements []string) {
	for _, query := range queries {
		statements = append(statements, query, "SELECT '"+endOfQuery+"'")
	}
	return statements
}

// resultsIn returns the rows of each query, whose last row something ends, and what is printed behind the last.
func resultsIn(printed, end string) (results [][][]string, behind string) {
	parts := strings.Split(printed, endOfQuery+end)
	for _, part := range parts[:len(parts)-1] {
		results = append(results, rowsOf(strings.TrimSuffix(part, end)))
	}
	return results, parts[len(parts)-1]
}

// rowsOf returns the rows that a database printed with the separators of ASCII between them.
func rowsOf(printed string) (rows [][]string) {
	if printed == "" {
		return nil
	}
	for row := range strings.SplitSeq(printed, recordSeparator) {
		rows = append(rows, strings.Split(row, unitSeparator))
	}
	return rows
}

// duckdb runs a script and queries behind it, and returns what it prints and complains of.
func duckdb(t *testing.T, path string, queries ...string) (printed []byte, problem string) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "queries")
	must(t, os.WriteFile(list, []byte(strings.Join(queries, "\n")), 0o666))
	python := exporttest.Tool(t, "venv/bin/python")
	command := exec.CommandContext(t.Context(), python, script(t, "sql.py"), path, list)
	var output, problems bytes.Buffer
	command.Stdout, command.Stderr = &output, &problems
	if err := command.Run(); err != nil {
		return nil, fmt.Sprint(err, ": ", problems.String())
	}
	return output.Bytes(), ""
}

func duckdbQuery(t *testing.T, path string, queries []string) (results [][][]string) {
	t.Helper()
	printed, problem := duckdb(t, path, queries...)
	if problem != "" {
		t.Fatal(problem)
	}
	must(t, json.Unmarshal(printed, &results))
	return results
}

func duckdbRefusal(t *testing.T, path, statement string) string {
	t.Helper()
	_, problem := duckdb(t, path, statement)
	return problem
}

// postgres is a server of PostgreSQL that answers on a socket in a folder of its own.
type postgres struct {
	folder    string
	databases int
}

// startPostgres starts a server that ends with the test. It does not run as root, and its folder is not that of the test, whose
// path may be too long for a socket and closed to others.
func startPostgres(t *testing.T) *postgres {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		t.Fatal("PostgreSQL is not installed; .ci/run does it")
	}
	bin := found[len(found)-1]
	dir, err := os.MkdirTemp("", "haltsheet-pg-") //nolint:usetesting // see above
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(dir)) })
	var as *syscall.SysProcAttr
	if os.Getuid() == 0 {
		nobody, err := user.Lookup("nobody")
		must(t, err)
		uid, errUID := strconv.Atoi(nobody.Uid)
		gid, errGID := strconv.Atoi(nobody.Gid)
		if errUID != nil || errGID != nil {
			t.Fatal(errUID, errGID)
		}
		must(t, os.Chown(dir, uid, gid))
		as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	data := filepath.Join(dir, "data")
	runAs := func(ctx context.Context, name string, args ...string) {
		t.Helper()
		command := exec.CommandContext(ctx, filepath.Join(bin, name), args...)
		log, err := os.Create(filepath.Join(dir, name+".out"))
		must(t, err)
		command.Dir, command.SysProcAttr, command.Stdout, command.Stderr = dir, as, log, log
		err = command.Run()
		must(t, log.Close())
		if err != nil {
			output, _ := os.ReadFile(log.Name()) // the error is told
			t.Fatalf("%s: %v\n%s", name, err, output)
		}
	}
	runAs(t.Context(), "initdb", "-D", data, "-U", "haltsheet", "-E", "UTF8", "--locale=C", "-A", "trust", "-N")
	runAs(t.Context(), "pg_ctl", "-D", data, "-w", "-t", "600", "-l", filepath.Join(dir, "log"), "-o", "-c listen_addresses='' -c fsync=off -k "+dir, "start")
	t.Cleanup(func() {
		runAs(context.Background(), "pg_ctl", "-D", data, "-w", "-t", "600", "-m", "immediate", "stop")
	})
	return &postgres{folder: dir}
}

// psql runs psql in a database and returns what it prints.
func (p *postgres) psql(t *testing.T, database string, args ...string) (printed string, problem error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "psql", append([]string{
		"-X", "-q", "-A", "-t", "-F", unitSeparator, "-R", recordSeparator, "-v", "ON_ERROR_STOP=1", "-h", p.folder, "-U", "haltsheet", "-d", database,
	}, args...)...)
	command.Env = append(os.Environ(), "PGCLIENTENCODING=UTF8")
	var output, problems bytes.Buffer
	command.Stdout, command.Stderr = &output, &problems
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%w: %s", err, problems.String())
	}
	return output.String(), nil
}

// loaded returns a database in which a script was run.
func (p *postgres) loaded(t *testing.T, script string) string {
	t.Helper()
	p.databases++
	name := fmt.Sprint("halts", p.databases)
	_, err := p.psql(t, "postgres", "-c", "CREATE DATABASE "+name)
	must(t, err)
	_, err = p.psql(t, name, "-f", script)
	must(t, err)
	return name
}

func (p *postgres) query(t *testing.T, script string, queries []string) [][][]string {
	t.Helper()
	printed, err := p.psql(t, p.loaded(t, script), "-c", strings.Join(marked(queries), ";\n"))
	must(t, err)
	results, _ := resultsIn(printed, "\n")
	return results
}

func (p *postgres) refusal(t *testing.T, script, statement string) string {
	t.Helper()
	_, err := p.psql(t, p.loaded(t, script), "-c", statement)
	return fmt.Sprint(err)
}
