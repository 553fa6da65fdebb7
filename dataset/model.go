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
	Description string `csv:"description"`
	SourceIDs   List   `csv:"source_ids"`
	Note        string `csv:"note"`
}

// Event is a row of events.csv: one step in what became of a halt.
type Event struct {
	ID           string `csv:"event_id"`
	HaltID       string `csv:"halt_id"`
	Event        string `csv:"event"`
	Actor        string `csv:"actor"`
	Date         Date   `csv:"date"`
	Counterparty string `csv:"counterparty"`
	Description  string `csv:"description"`
	SourceIDs    List   `csv:"source_ids"`
	Note         string `csv:"note"`
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
