package dataset

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// gift is all that makes two donations of companies of one family the same gift, dates and recipients left out.
type gift struct {
	family   int32 // the row of the company that all others of the family belong to
	currency string
	amount   Decimal
	kind     string
}

// checkDuplicateDonations reports donations of one company, or of a company and one that it belongs to, with the same sum, kind and
// recipient on dates that overlap.
func checkDuplicateDonations(d *Dataset, report reporter) {
	const lookBack = 100 // donations of one family and sum, of which hardly any has two
	parents := d.references("companies", "parent_id").rows
	gifts := make(map[gift][]int32, len(d.Donations)) // rows
	for i := range d.Donations {
		x, company := &d.Donations[i], d.lookup.gifts.companies[i]
		if x.Amount.IsZero() || x.Announced.IsZero() || company < 0 {
			continue
		}
		key := gift{familyOf(parents, company), x.Currency, x.Amount, x.Type}
		before := gifts[key]
		for _, first := range before[max(len(before)-lookBack, 0):] {
			if d.isSameGift(parents, int(first), i) {
				report(cellOf("donations", i, "donation_id"), fmt.Sprintf("%q may be the same gift as %q", x.ID, d.Donations[first].ID), "", cellOf("donations", int(first), "donation_id"))
				break
			}
		}
		gifts[key] = append(before, int32(i))
	}
}

// isSameGift compares two donations of one family, sum and kind. One that the other holds is none of its own.
func (d *Dataset) isSameGift(parents []int32, i, j int) bool {
	a, b := &d.Donations[i], &d.Donations[j]
	if a.IncludedIn == b.ID || b.IncludedIn == a.ID || !a.Announced.overlaps(b.Announced) || a.Product != b.Product {
		return false
	}
	giver, other := d.lookup.gifts.companies[i], d.lookup.gifts.companies[j]
	if giver != other && !belongsTo(parents, giver, other) && !belongsTo(parents, other, giver) {
		return false
	}
	if a.RecipientIDs == b.RecipientIDs {
		return a.RecipientIDs != ""
	}
	for recipient := range a.RecipientIDs.All() {
		if b.RecipientIDs.Contains(recipient) {
			return true
		}
	}
	return false
}

// belongsTo reports whether a company belongs to another one, directly or not. Both are rows, as the parents are.
func belongsTo(parents []int32, company, other int32) bool {
	for range parents { // a cycle is an error of its own
		if company = parents[company]; company == other || company < 0 {
			break
		}
	}
	return company == other
}

// familyOf returns the row of the company that a company belongs to in the end.
func familyOf(parents []int32, company int32) int32 {
	for range parents { // a cycle is an error of its own
		parent := parents[company]
		if parent < 0 {
			break
		}
		company = parent
	}
	return company
}

// checkJointDonors reports donations whose company is named among those that gave together with it.
func checkJointDonors(d *Dataset, report reporter) {
	for i := range d.Donations {
		if x := &d.Donations[i]; x.CompanyID != "" && x.JointCompanyIDs.Contains(x.CompanyID) {
			report(cellOf("donations", i, "joint_company_ids"), fmt.Sprintf("%q gave together with itself", x.CompanyID), "")
		}
	}
}

// checkDuplicateSources reports sources with one address.
func checkDuplicateSources(d *Dataset, report reporter) {
	firstOf := make(map[page]int, len(d.Sources))
	for i := range d.Sources {
		address := pageOf(d.Sources[i].URL)
		if address.host == "" {
			continue
		}
		first, seen := firstOf[address]
		if !seen {
			firstOf[address] = i
			continue
		}
		report(cellOf("sources", i, "url"), fmt.Sprintf("%q has the address of %q", d.Sources[i].ID, d.Sources[first].ID), "", cellOf("sources", first, "url"))
	}
}

// page is an address without what leads to the same page with it or without: scheme, www, a slash at the end, the place in
// the page, and what tells where a reader came from.
type page struct{ host, path, query string }

// pageOf returns the page of an address; that of what is none has no host.
func pageOf(address string) (p page) {
	if isPlainURL(address) {
		_, rest, _ := strings.Cut(address, "://")
		rest, _, _ = strings.Cut(rest, "#")
		rest, p.query, _ = strings.Cut(rest, "?")
		p.host, p.path, _ = strings.Cut(rest, "/")
	} else if u, err := url.Parse(address); err == nil {
		p = page{strings.ToLower(u.Hostname()), strings.TrimPrefix(u.EscapedPath(), "/"), u.RawQuery}
	}
	p.host, p.path = strings.TrimPrefix(p.host, "www."), strings.TrimSuffix(p.path, "/")
	if p.query != "" {
		p.query = strings.Join(slices.DeleteFunc(strings.Split(p.query, "&"), isTracking), "&")
	}
	return p
}

// isTracking reports whether a parameter of an address tells where a reader came from.
func isTracking(parameter string) bool {
	name, _, _ := strings.Cut(strings.ToLower(parameter), "=")
	return name == "" || strings.HasPrefix(name, "utm_") || slices.Contains([]string{"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid"}, name)
}
