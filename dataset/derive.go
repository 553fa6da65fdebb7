package dataset

import "slices"

// companyFacts sum up what one company halted and gave.
type companyFacts struct {
	halts, donations int
	first            Date
	donated          Decimal
	notExact         int // of the amounts in donated
}

// appendPublishers appends the publishers of sources, each once.
func (d *Dataset) appendPublishers(b []byte, sources []int32) []byte {
	open := len(b)
	for n, i := range sources {
		if i >= 0 && !slices.ContainsFunc(sources[:n], func(j int32) bool { return j >= 0 && d.lookup.publisher[i] == d.lookup.publisher[j] }) {
			b = appendMember(b, open, d.Sources[i].Publisher)
		}
	}
	return b
}

// appendMember appends a member to the list that is open in b; an empty text is no member.
func appendMember(b []byte, open int, member string) []byte {
	if len(b) > open && member != "" {
		b = append(b, listSeparator...)
	}
	return append(b, member...)
}

// hasOnePublisher reports whether all sources have the same publisher.
func (d *Dataset) hasOnePublisher(sources []int32) bool {
	var publisher int32
	for _, i := range sources {
		if i < 0 || d.lookup.publisher[i] == 0 {
			continue
		}
		if publisher != 0 && d.lookup.publisher[i] != publisher {
			return false
		}
		publisher = d.lookup.publisher[i]
	}
	return publisher != 0
}

// appendURLs appends the addresses of sources, each once.
func (d *Dataset) appendURLs(b []byte, sources []int32) []byte {
	open := len(b)
	for n, i := range sources {
		if i >= 0 && !slices.ContainsFunc(sources[:n], func(j int32) bool { return j >= 0 && d.Sources[i].URL == d.Sources[j].URL }) {
			b = appendMember(b, open, d.Sources[i].URL)
		}
	}
	return b
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
	open := len(b)
	for _, i := range d.lookup.giftRecipients.of(row) {
		if i >= 0 {
			b = appendMember(b, open, d.Recipients[i].Name)
		}
	}
	return b
}

func (d *Dataset) amountEUR(row int) Value { return NumberValue(d.lookup.conversions[row].eur) }

func (d *Dataset) fxRate(row int) Value { return NumberValue(d.lookup.conversions[row].rate) }

func fxDate(b []byte, d *Dataset, row int) []byte { return d.lookup.conversions[row].on.Append(b) }

func (d *Dataset) fxStatus(row int) Value { return TextValue(d.lookup.conversions[row].status) }

func (d *Dataset) isCountedCell(row int) Value { return booleanValue(d.isCounted(row)) }

func (d *Dataset) isSummedCell(row int) Value {
	return booleanValue(d.lookup.conversions[row].summed)
}

func (d *Dataset) isTotalledCell(row int) Value {
	return booleanValue(d.lookup.conversions[row].totalled)
}
