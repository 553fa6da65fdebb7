package dataset

import "slices"

// companyFacts sum up what one company halted and gave.
type companyFacts struct {
	halts, donations int
	first            Date
	donated          Decimal
	notExact         int // of the amounts in donated
}

// appendPublishers appends the publishers of sources, one for each and in their order.
func (d *Dataset) appendPublishers(b []byte, sources []int32) []byte {
	return d.appendOfEach(b, sources, func(s *Source) string { return s.Publisher })
}

// appendURLs appends the addresses of sources, one for each and in their order; that of a source without one is empty.
func (d *Dataset) appendURLs(b []byte, sources []int32) []byte {
	return d.appendOfEach(b, sources, func(s *Source) string { return s.URL })
}

// appendOfEach appends the list of what a function gives of each source, in order. What is no source leaves its place empty.
func (d *Dataset) appendOfEach(b []byte, sources []int32, of func(*Source) string) []byte {
	for n, i := range sources {
		if n > 0 {
			b = append(b, listSeparator...)
		}
		if i >= 0 {
			b = append(b, of(&d.Sources[i])...)
		}
	}
	return b
}

// publishersOf counts the publishers of sources, each once.
func (d *Dataset) publishersOf(sources []int32) (count int) {
	publisher := func(i int32) int32 {
		if i < 0 {
			return 0
		}
		return d.lookup.publisher[i]
	}
	for n, i := range sources {
		if number := publisher(i); number != 0 && !slices.ContainsFunc(sources[:n], func(j int32) bool { return publisher(j) == number }) {
			count++
		}
	}
	return count
}

// sumUp gathers what each company halted and gave.
func (d *Dataset) sumUp() []companyFacts {
	sums := make([]companyFacts, len(d.Companies))
	for i := range d.Halts {
		if company := d.lookup.halts.companies[i]; company >= 0 {
			s := &sums[company]
			s.halts++
			if announced := d.Halts[i].Announced; !announced.IsZero() && (s.first.IsZero() || announced.isEarlier(s.first)) {
				s.first = announced
			}
		}
	}
	for i := range d.Donations {
		if company := d.lookup.gifts.companies[i]; company >= 0 {
			sums[company].donations++
			if d.isCounted(i) {
				sums[company].donated = sums[company].donated.add(d.lookup.conversions[i].eur)
				if d.Donations[i].AmountQualifier != "" {
					sums[company].notExact++
				}
			}
		}
	}
	return sums
}

// isCounted reports whether a donation is in the headline total.
func (d *Dataset) isCounted(row int) bool {
	return d.Donations[row].Type == "cash" && d.lookup.conversions[row].totalled
}

// The derived columns of the schema.

func (d *Dataset) haltCount(row int) Value { return integerValue(d.lookup.perCompany[row].halts) }

func (d *Dataset) donationCount(row int) Value {
	return integerValue(d.lookup.perCompany[row].donations)
}

func firstAnnounced(b []byte, d *Dataset, row int) []byte {
	return d.lookup.perCompany[row].first.Append(b)
}

func (d *Dataset) donatedEUR(row int) Value { return NumberValue(d.lookup.perCompany[row].donated) }

func (d *Dataset) donatedNotExact(row int) Value {
	if d.lookup.perCompany[row].donated.IsZero() {
		return Value{}
	}
	return integerValue(d.lookup.perCompany[row].notExact)
}

func recipientNames(b []byte, d *Dataset, row int) []byte {
	for n, i := range d.lookup.giftRecipients.of(row) {
		if n > 0 {
			b = append(b, listSeparator...)
		}
		if i >= 0 {
			b = append(b, d.Recipients[i].Name...)
		}
	}
	return b
}

func (d *Dataset) amountEUR(row int) Value { return NumberValue(d.lookup.conversions[row].eur) }

func (d *Dataset) fxRate(row int) Value { return NumberValue(d.lookup.conversions[row].rate) }

func fxDate(b []byte, d *Dataset, row int) []byte { return d.lookup.conversions[row].on.Append(b) }

func (d *Dataset) fxDatePrecision(row int) Value {
	return TextValue(d.lookup.conversions[row].on.Precision().String())
}

func (d *Dataset) fxStatus(row int) Value { return TextValue(d.lookup.conversions[row].status) }

func (d *Dataset) isCountedCell(row int) Value { return booleanValue(d.isCounted(row)) }

func (d *Dataset) isSummedCell(row int) Value {
	return booleanValue(d.lookup.conversions[row].summed)
}

func (d *Dataset) isTotalledCell(row int) Value {
	return booleanValue(d.lookup.conversions[row].totalled)
}
