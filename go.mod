module haltsheet

go 1.26.0

toolchain go1.26.8

require (
	github.com/go-json-experiment/json v1.27.2 // reads JSON token by token and writes it in one pass, as encoding/json/v2 will
	github.com/gocarina/gocsv v0.0.0-20240520201108-78e41c74b4b1 // reads the code lists beside the code; in tests, the exported CSV into our records
	github.com/klauspost/compress v1.20.3 // deflates the workbook, faster than the standard library
	github.com/parquet-go/parquet-go v0.32.0 // writes and reads Parquet
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // holds the JSON document to its schema, in tests
	github.com/spf13/pflag v1.0.10 // POSIX flags of the commands
	github.com/xuri/excelize/v2 v2.11.1 // makes all of the workbook that surrounds the cells
	golang.org/x/sys v0.50.0 // exchanges two folders in one step, and locks files
	golang.org/x/term v0.47.0 // the width of a terminal, and whether there is one
	golang.org/x/text v0.43.0 // BCP 47 language tags, Unicode normalization, and Windows-1252
)

require (
	github.com/andybalholm/brotli v1.1.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/parquet-go/bitpack v1.0.0 // indirect
	github.com/parquet-go/jsonlite v1.0.0 // indirect
	github.com/pierrec/lz4/v4 v4.1.21 // indirect
	github.com/richardlehane/mscfb v1.0.9 // indirect
	github.com/richardlehane/msoleps v1.0.6 // indirect
	github.com/tiendc/go-deepcopy v1.7.2 // indirect
	github.com/twpayne/go-geom v1.6.1 // indirect
	github.com/xuri/efp v0.0.3-0.20260924042702-217b81952dec // indirect
	github.com/xuri/nfp v0.0.2-0.20250530014748-2ddeb826f9a9 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/net v0.62.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
	google.golang.org/protobuf v1.34.2 // indirect
)

// Test dependencies.
require (
	github.com/google/go-cmp v0.7.0 // readable differences
	github.com/rogpeppe/go-internal v1.16.0 // scripts that run the real program, and txtar files
	pgregory.net/rapid v1.3.0 // laws over drawn datasets
)

// excelize 2.11.1 asks for a commit of efp that no module proxy serves; 0.0.2 builds and calculates the same.
replace github.com/xuri/efp => github.com/xuri/efp v0.0.2
