package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"haltsheet/dataset"
	"haltsheet/export/ecb"
	"haltsheet/export/folder"

	"github.com/spf13/pflag"
)

var ratesCommand = command{
	name:     "rates",
	operands: "FILE",
	least:    1,
	most:     1,
	short:    "take exchange rates from the file of the European Central Bank",
	long: `Reads eurofxref-hist.csv, or the zip that holds it, as the European Central Bank
publishes it, and keeps the rates that the dataset can use: those of the months that
its coverage lies in, and of the currencies that its rates or donations name. Rates
that are not there yet are added. One that the dataset has otherwise is told with both
values and stays as it is; the status is 1 then.
Without --into, rates.csv of the built-in dataset is printed as it would be.`,
	flags: func(flags *pflag.FlagSet) action {
		into := flags.String("into", "", "the dataset folder `DIR` to add the rates to")
		return func(ctx context.Context, p *program, operands []string) error {
			return p.addRates(ctx, operands[0], *into)
		}
	},
}

// addRates takes the rates of a file into a folder, or prints those that the built-in dataset would have.
func (p *program) addRates(ctx context.Context, file, into string) error {
	d, write, err := p.openForRates(ctx, into)
	if err != nil {
		return err
	}
	published, err := ecb.Read(file)
	if _, told := errors.AsType[*folder.Error](err); err != nil && !told {
		return unreadable(file, err)
	}
	if err != nil {
		return err
	}
	with, change, err := d.AddRates(published)
	if err != nil {
		return err
	}
	if into == "" || len(change.Added) > 0 {
		if err := write(with); err != nil {
			return err
		}
	}
	p.sayRates(change)
	if len(change.Different) > 0 {
		return errData
	}
	return nil
}

// openForRates reads the dataset that is to have the rates, and returns what is done with it then.
func (p *program) openForRates(ctx context.Context, into string) (*dataset.Dataset, func(with *dataset.Dataset) error, error) {
	if into == "" {
		d, _, err := p.openAndRead(ctx, nil)
		return d, p.printRates, err
	}
	d, _, seen, err := p.readFolder(ctx, into)
	return d, func(with *dataset.Dataset) error { return p.writeFolder(ctx, into, with, seen) }, err
}

// printRates prints rates.csv of a dataset.
func (p *program) printRates(d *dataset.Dataset) error {
	rates := dataset.SchemaOf("rates").File()
	return dataset.WriteFiles(d, func(name string) (io.WriteCloser, error) {
		if name == rates {
			return unclosed{p.out}, nil
		}
		return unclosed{io.Discard}, nil
	})
}

// unclosed is a writer that goes on when it is closed.
type unclosed struct{ io.Writer }

// Close does nothing.
func (unclosed) Close() error { return nil }

// sayRates tells what was added, and what differs.
func (p *program) sayRates(change dataset.RatesChange) {
	for _, different := range change.Different {
		p.say("%s: %s on %s is %s, and was published as %s", different.Place, different.Held.Currency, different.Held.Date,
			different.Held.UnitsPerEUR, different.Published.UnitsPerEUR)
	}
	text := counted(len(change.Added), "rate") + " added"
	if n := len(change.Added); n > 0 {
		currencies := map[string]bool{}
		for _, r := range change.Added {
			currencies[r.Currency] = true
		}
		of := "1 currency"
		if len(currencies) > 1 {
			of = fmt.Sprintf("%d currencies", len(currencies))
		}
		text += fmt.Sprintf(" of %s, from %s to %s", of, change.Added[0].Date, change.Added[n-1].Date)
	}
	p.say("%s; %s held and the same, %s", text, grouped(strconv.Itoa(change.Same)), counted(len(change.Different), "difference"))
}
