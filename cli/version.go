package cli

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/spf13/pflag"
)

var versionCommand = command{
	name:  "version",
	short: "print the versions of the program and of the built-in dataset",
	long:  "The version of the program is that of the build: a tag, or a commit.",
	flags: func(*pflag.FlagSet) action {
		return func(_ context.Context, p *program, _ []string) error {
			built, err := builtInMetadata()
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "haltsheet %s\n", toolVersion())
			fmt.Fprintf(p.out, "dataset %s %s, released on %s\n", built.Name, built.Version, built.Released)
			return nil
		}
	},
}

// toolVersion returns the version that the program was built from.
func toolVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
