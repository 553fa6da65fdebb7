// Command haltsheet keeps a dataset of halted activities honest and publishes it. See package cli.
package main

import (
	"os"

	"haltsheet/cli"
)

func main() { os.Exit(cli.Main()) }
