package dataset

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// gift is all that makes two donations of companies of one family the same gift, dates and recipients left out.
type gift struct {
	family   string // the company that all others of the family belong to
	currency string
	amount   string
	kind     string
}

// checkDuplicateDonations reports donations of one company, or of a company and one that it belongs to, with the same sum, kind and
// recipient on dates that overlap.
func checkDuplicateDonations(d *Dataset, report reporter) {
	parents := make(map[string]string, len(d.Companies))
	for i := range d.Companies {
		parents[d.Companies[i].ID] = d.Companies[i].ParentID
	}
	gifts := map[gift][]int{} // rows
	for i := range d.Donations {
		x := &d.Donations[i]
		if x.Amount.IsZero() || x.Announced.IsZero() {
			continue
		}
		key := gift{familyOf(parents, x.CompanyID), x.Currency, string(x.Amount.Append(nil)), x.Type}
		gifts[key] = append(gifts[key], i)
	}
	const lookBack = 100 // donations of one family and sum, of which hardly any has two
	for i := range d.Donations {
		x := &d.Donations[i]
		if x.Amount.IsZero() || x.Announced.IsZero() {
			continue
		}
		same := gifts[gift{familyOf(parents, x.CompanyID), x.Currency, string(x.Amount.Append(nil)), x.Type}]
		at, _ := slices.BinarySearch(same, i)
		for _, first := range same[max(at-lookBack, 0):at] {
			if y := &d.Donations[first]; isSameGift(parents, y, x) {
				report(cellOf("donations", i, "donation_id"), fmt.Sprintf("%q may be the same gift as %q", x.ID, y.ID), "", cellOf("donations", first, "donation_id"))
				break
			}
		}
	}
}

// isSameGift compares two donations of one family, sum and kind. One that the other holds is none of its own.
func isSameGift(parents map[string]string, a, b *Donation) bool {
	if a.IncludedIn == b.ID || b.IncludedIn == a.ID || !a.Announced.overlaps(b.Announced) || a.Product != b.Product {
		return false
	}
	if a.CompanyID != b.CompanyID && !belongsTo(parents, a.CompanyID, b.CompanyID) && !belongsTo(parents, b.CompanyID, a.CompanyID) {
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

// belongsTo reports whether a company belongs to another one, directly or not.
func belongsTo(parents map[string]string, company, other string) bool {
	for range len(parents) {
		if company = parents[company]; company == other || company == "" {
			break
		}
	}
	return company == other && company != ""
}

// familyOf returns the company that a company belongs to in the end.
func familyOf(parents map[string]string, company string) string {
	for range len(parents) { // a cycle is an error of its own
		parent := parents[company]
		if parent == "" {
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
	firstOf := make(map[string]int, len(d.Sources))
	for i := range d.Sources {
		address := plainAddress(d.Sources[i].URL)
		if address == "" {
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

// plainAddress returns an address without what leads to the same page with it or without: scheme, www, a slash at the end, the place in
// the page, and what tells where a reader came from.
func plainAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	query := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), isTracking)
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	return host + cmp.Or(strings.TrimSuffix(u.EscapedPath(), "/"), "/") + "?" + strings.Join(query, "&")
}

// isTracking reports whether a parameter of an address tells where a reader came from.
func isTracking(parameter string) bool {
	name, _, _ := strings.Cut(strings.ToLower(parameter), "=")
	return name == "" || strings.HasPrefix(name, "utm_") || slices.Contains([]string{"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid"}, name)
}
