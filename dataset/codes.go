package dataset

// Code is one code of a list, with the definition that Dictionary and the descriptor repeat.
type Code struct {
	Code       string `json:"code"`
	Definition string `json:"definition"`
}

// CodeList is a closed list of codes that a column draws from.
type CodeList struct {
	Name  string // as columns name it
	Title string
	Codes []Code
}

// Definition returns the definition of a code, and whether the list has it.
func (l *CodeList) Definition(code string) (string, bool) {
	for _, c := range l.Codes {
		if c.Code == code {
			return c.Definition, true
		}
	}
	return "", false
}

// codeLists are all lists of codes, in the order in which people meet them. dataset.json may replace
// the sectors and the activities.
var codeLists = []CodeList{
	{Name: "action", Title: "Action", Codes: []Code{
		{"suspend", "Stops the activity for the time being, or without saying for how long."},
		{"exit", "Leaves for good: ends the activity or closes the business."},
		{"scale_back", "Does less than before, and names what goes on."},
		{"refuse", "Declines new orders, customers or requests."},
		{"postpone", "Puts off something that was due."},
		{"divest", "Sells, hands over or looks for a buyer of a business or a stake."},
		{"stop_investment", "Puts no new money in; what exists goes on."},
	}},
	{Name: "activity", Title: "Activity", Codes: []Code{
		{"all_operations", "All business in or with the country."},
		{"retail_sales", "Sales to consumers in shops or of goods in general."},
		{"online_sales", "Sales over the internet, of goods or of digital goods."},
		{"shipments", "Deliveries of goods to the country, and carriage of cargo."},
		{"exports", "Sales of goods or commodities to the country from abroad, or out of it from plants there."},
		{"imports", "Bringing goods into the country for sales there, or taking in goods made in it."},
		{"production", "Making goods or content in the country."},
		{"services", "Services to customers in the country."},
		{"streaming", "Films, series, music or games over the internet."},
		{"cloud_services", "Computing, storage and hosting."},
		{"new_customers", "Taking on new customers, orders or contracts."},
		{"payments", "Moving or accepting money."},
		{"advertising", "Advertising, bought or sold."},
		{"investment", "New capital, projects and developments."},
		{"content_release", "The release of a film, a game or another work."},
		{"licensing", "Licences of brands, works or technology."},
		{"partnership", "Joint ventures, sponsorships, memberships and competitions."},
		{"procurement", "Buying goods or raw materials that come from the country."},
		{"travel_routes", "Flights, sailings, trains and tours."},
		{"franchise", "Shops, restaurants or hotels that others run under its name."},
		{"other", "None of the others; the description says what."},
	}},
	{Name: "halt_status", Title: "Halt status", Codes: []Code{
		{"planned", "An intention."},
		{"announced", "Decided and made public; not known to be carried out."},
		{"completed", "Told as carried out."},
	}},
	{Name: "sector", Title: "Sector", Codes: []Code{
		{"consumer-goods", "Household goods, cosmetics, toys and furniture makers."},
		{"retail", "Shops, supermarkets and online shops."},
		{"food-service", "Restaurants, cafés and caterers."},
		{"food-beverage", "Makers of food, drink and tobacco."},
		{"apparel-luxury", "Clothing, shoes, sports goods, watches and jewellery."},
		{"technology", "Software, hardware, internet platforms and semiconductors."},
		{"telecoms", "Telephone and network operators and their suppliers."},
		{"media", "Film, music, news, publishing and broadcasting."},
		{"video-games", "Makers, publishers and sellers of video games."},
		{"automotive", "Vehicles, parts and tyres."},
		{"industrials", "Machines, aircraft, engineering, construction and packaging."},
		{"energy", "Oil, gas, electricity and their services."},
		{"materials", "Chemicals, metals, mining, paper and building materials."},
		{"financials", "Banks, insurers, payment firms, funds and exchanges."},
		{"professional-services", "Law, audit, consulting, advertising and staffing firms."},
		{"transport-logistics", "Airlines, shipping, railways, post and forwarders."},
		{"travel-hospitality", "Hotels, cruises, booking sites and tour operators."},
		{"health-care", "Medicines, devices and care."},
		{"real-estate", "Property owners, developers and brokers."},
		{"sport", "Clubs, leagues and federations."},
		{"other", "None of the others."},
	}},
	{Name: "donation_type", Title: "Donation type", Codes: []Code{
		{"cash", "The company's own money, given or firmly announced."},
		{"in_kind", "Goods or free services; the amount is their value."},
		{"matched", "Money added to the gifts of others; the amount is the sum or its ceiling."},
		{"pledge", "A promise: future money, proceeds or profits."},
		{"raised", "Money of staff, players or customers that the company collected."},
		{"mixed", "Own and others' money, or money and goods, in one sum."},
	}},
	{Name: "amount_qualifier", Title: "Amount qualifier", Codes: []Code{
		{"at_least", "The source says more than, over or at least."},
		{"at_most", "The source says up to or at most."},
		{"about", "The source says about, around or nearly."},
	}},
	{Name: "recipient_type", Title: "Recipient type", Codes: []Code{
		{"un_agency", "A fund, programme or agency of the United Nations."},
		{"red_cross_red_crescent", "The International Committee, the Federation or a national society."},
		{"ngo", "A non-governmental organisation."},
		{"foundation", "A foundation or a fund."},
		{"government", "A state, a city or a body of theirs."},
		{"other", "None of the others."},
	}},
	{Name: "source_type", Title: "Source type", Codes: []Code{
		{"press_release", "The word of the company or the recipient itself."},
		{"news_report", "A report by a newspaper, an agency, a broadcaster or a news site."},
		{"filing", "A filing with an authority or an exchange."},
		{"social_media", "A post on a social network."},
		{"dataset", "A list or a database kept by others."},
		{"other", "None of the others, such as a blog."},
	}},
}
