package dataset

// Company is a row of companies.csv: an organisation that halted an activity or gave aid.
type Company struct {
	ID       string `csv:"company_id"`
	Name     string `csv:"name"`
	ParentID string `csv:"parent_id"`
	Country  string `csv:"country"`
	Sector   string `csv:"sector"`
	Note     string `csv:"note"`
}

// Halt is a row of halts.csv: one activity that one company halted, or said that it would.
type Halt struct {
	ID          string `csv:"halt_id"`
	CompanyID   string `csv:"company_id"`
	Action      string `csv:"action"`
	Activity    string `csv:"activity"`
	Product     string `csv:"product"`
	Countries   List   `csv:"countries"`
	Status      string `csv:"status"`
	Announced   Date   `csv:"announced"`
	Effective   Date   `csv:"effective"`
	Ended       Date   `csv:"ended"`
	Description string `csv:"description"`
	SourceIDs   List   `csv:"source_ids"`
	Note        string `csv:"note"`
}

// Donation is a row of donations.csv: one gift, pledge or collection.
type Donation struct {
	ID              string  `csv:"donation_id"`
	CompanyID       string  `csv:"company_id"`
	JointCompanyIDs List    `csv:"joint_company_ids"`
	Announced       Date    `csv:"announced"`
	Type            string  `csv:"type"`
	Amount          Decimal `csv:"amount"`
	AmountQualifier string  `csv:"amount_qualifier"`
	Currency        string  `csv:"currency"`
	StatedAmount    Decimal `csv:"stated_amount"`
	StatedCurrency  string  `csv:"stated_currency"`
	Product         string  `csv:"product"`
	RecipientIDs    List    `csv:"recipient_ids"`
	IncludedIn      string  `csv:"included_in"`
	Description     string  `csv:"description"`
	SourceIDs       List    `csv:"source_ids"`
	Note            string  `csv:"note"`
}

// Recipient is a row of recipients.csv: an organisation that was given something.
type Recipient struct {
	ID      string `csv:"recipient_id"`
	Name    string `csv:"name"`
	Type    string `csv:"type"`
	Country string `csv:"country"`
	Note    string `csv:"note"`
}

// Source is a row of sources.csv: a page that states facts.
type Source struct {
	ID        string `csv:"source_id"`
	Type      string `csv:"type"`
	Publisher string `csv:"publisher"`
	URL       string `csv:"url"`
	Published Date   `csv:"published"`
	Language  string `csv:"language"`
	Note      string `csv:"note"`
}

// Rate is a row of rates.csv: what one euro bought of a currency on one day.
type Rate struct {
	Date        PlainDay `csv:"date"`
	Currency    string   `csv:"currency"`
	UnitsPerEUR Decimal  `csv:"units_per_eur"`
}

// gocsv hands each record its cells by the methods below, which it prefers to looking at tags: a million records take
// a fraction of the time. A test holds them to the tags.

// UnmarshalCSVWithFields takes one cell of a record by the name of its column.
func (c *Company) UnmarshalCSVWithFields(column, cell string) error {
	switch column {
	case "company_id":
		c.ID = cell
	case "name":
		c.Name = cell
	case "parent_id":
		c.ParentID = cell
	case "country":
		c.Country = cell
	case "sector":
		c.Sector = cell
	case "note":
		c.Note = cell
	}
	return nil
}

// UnmarshalCSVWithFields takes one cell of a record by the name of its column.
func (h *Halt) UnmarshalCSVWithFields(column, cell string) (err error) {
	switch column {
	case "halt_id":
		h.ID = cell
	case "company_id":
		h.CompanyID = cell
	case "action":
		h.Action = cell
	case "activity":
		h.Activity = cell
	case "product":
		h.Product = cell
	case "countries":
		h.Countries = List(cell)
	case "status":
		h.Status = cell
	case "announced":
		h.Announced, err = ParseDate(cell)
	case "effective":
		h.Effective, err = ParseDate(cell)
	case "ended":
		h.Ended, err = ParseDate(cell)
	case "description":
		h.Description = cell
	case "source_ids":
		h.SourceIDs = List(cell)
	case "note":
		h.Note = cell
	}
	return err
}

// UnmarshalCSVWithFields takes one cell of a record by the name of its column.
func (d *Donation) UnmarshalCSVWithFields(column, cell string) (err error) {
	switch column {
	case "donation_id":
		d.ID = cell
	case "company_id":
		d.CompanyID = cell
	case "joint_company_ids":
		d.JointCompanyIDs = List(cell)
	case "announced":
		d.Announced, err = ParseDate(cell)
	case "type":
		d.Type = cell
	case "amount":
		d.Amount, err = ParseDecimal(cell)
	case "amount_qualifier":
		d.AmountQualifier = cell
	case "currency":
		d.Currency = cell
	case "stated_amount":
		d.StatedAmount, err = ParseDecimal(cell)
	case "stated_currency":
		d.StatedCurrency = cell
	case "product":
		d.Product = cell
	case "recipient_ids":
		d.RecipientIDs = List(cell)
	case "included_in":
		d.IncludedIn = cell
	case "description":
		d.Description = cell
	case "source_ids":
		d.SourceIDs = List(cell)
	case "note":
		d.Note = cell
	}
	return err
}

// UnmarshalCSVWithFields takes one cell of a record by the name of its column.
func (r *Recipient) UnmarshalCSVWithFields(column, cell string) error {
	switch column {
	case "recipient_id":
		r.ID = cell
	case "name":
		r.Name = cell
	case "type":
		r.Type = cell
	case "country":
		r.Country = cell
	case "note":
		r.Note = cell
	}
	return nil
}

// UnmarshalCSVWithFields takes one cell of a record by the name of its column.
func (s *Source) UnmarshalCSVWithFields(column, cell string) (err error) {
	switch column {
	case "source_id":
		s.ID = cell
	case "type":
		s.Type = cell
	case "publisher":
		s.Publisher = cell
	case "url":
		s.URL = cell
	case "published":
		s.Published, err = ParseDate(cell)
	case "language":
		s.Language = cell
	case "note":
		s.Note = cell
	}
	return err
}

// UnmarshalCSVWithFields takes one cell of a record by the name of its column.
func (r *Rate) UnmarshalCSVWithFields(column, cell string) (err error) {
	switch column {
	case "date":
		r.Date.Date, err = ParseDate(cell)
	case "currency":
		r.Currency = cell
	case "units_per_eur":
		r.UnitsPerEUR, err = ParseDecimal(cell)
	}
	return err
}
