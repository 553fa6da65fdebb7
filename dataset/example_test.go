package dataset_test

import (
	"fmt"
	"log"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

func Example() {
	folder := datasettest.CleanWith(map[string][]byte{
		"recipients.csv": []byte("recipient_id,name,type,country,note\nred-cross,Red Cross,ngo,CH,\nunhcr,UNHCR,un_agency,UNO,\n"),
	})
	d, err := dataset.Load(folder)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range dataset.Check(d) {
		fmt.Println(f)
		fmt.Println("  hint:", f.Hint)
	}
	// Output:
	// recipients.csv:3:23: error: country "UNO" is not a country code of ISO 3166-1 alpha-2 [pattern]
	//   hint: write two capital letters, such as GB for the United Kingdom
}
