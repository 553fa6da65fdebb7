package dataset

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"haltsheet/dataset/pattern"
)

// foldWords reduces a text to its letters and digits in lower case, without accents.
func foldWords(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(text))
}

// otherCountryNames are names of countries that the list does not have, folded.
var otherCountryNames = map[string]string{
	"usa": "US", "unitedstatesofamerica": "US", "america": "US", "uk": "GB", "greatbritain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
	"northernireland": "GB", "holland": "NL", "russianfederation": "RU", "korea": "KR", "republicofkorea": "KR", "czechrepublic": "CZ", "czechia": "CZ",
	"turkey": "TR", "turkiye": "TR", "ivorycoast": "CI", "uae": "AE", "emirates": "AE", "prc": "CN", "peoplesrepublicofchina": "CN", "mainlandchina": "CN",
	"macedonia": "MK", "swaziland": "SZ", "burma": "MM", "capeverde": "CV", "vatican": "VA", "bosnia": "BA", "macau": "MO", "macao": "MO", "republicofireland": "IE", "eire": "IE",
	"congo": "CG", "drcongo": "CD", "drc": "CD", "byelorussia": "BY", "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "espana": "ES",
	"italia": "IT", "polska": "PL", "sverige": "SE", "norge": "NO", "danmark": "DK", "suomi": "FI", "nederland": "NL", "belgie": "BE", "belgique": "BE", "россия": "RU", "россиискаяфедерация": "RU",
	"беларусь": "BY", "украина": "UA", "украіна": "UA",
}

// countriesLike returns the country that a text names, or is the code of in another form.
func countriesLike(text string) []string {
	folded := strings.TrimPrefix(foldWords(text), "the")
	if code, ok := otherCountryNames[folded]; ok {
		return []string{code}
	}
	for code, name := range Countries() {
		if folded == strings.TrimPrefix(foldWords(name), "the") {
			return []string{code}
		}
	}
	if len(folded) != 2 && len(folded) != 3 {
		return nil
	}
	region, err := language.ParseRegion(folded)
	if err != nil {
		return nil
	}
	code := region.Canonicalize().String()
	if _, ok := CountryName(code); !ok {
		return nil
	}
	return []string{code}
}

// currencyMarks are signs and words that stand for one currency only.
var currencyMarks = map[string]string{
	"€": "EUR", "euro": "EUR", "euros": "EUR", "us$": "USD", "£": "GBP", "sterling": "GBP", "gb£": "GBP", "a$": "AUD", "c$": "CAD", "¥": "JPY", "yen": "JPY", "rmb": "CNY", "zł": "PLN",
	"kč": "CZK", "₴": "UAH", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "usdollar": "USD", "usdollars": "USD", "swissfrancs": "CHF", "sfr": "CHF",
}

// currenciesLike returns the currency that a text is the sign or the name of, or the code of in another case.
func currenciesLike(text string) []string {
	plain := strings.ToLower(strings.Join(strings.Fields(text), ""))
	if code, ok := currencyMarks[plain]; ok {
		return []string{code}
	}
	if code := strings.ToUpper(plain); isCurrency(code) {
		return []string{code}
	}
	var codes []string
	for _, c := range currencies() {
		if foldWords(c.Name) == foldWords(text) && foldWords(text) != "" {
			codes = append(codes, c.Code)
		}
	}
	if len(codes) != 1 {
		return nil
	}
	return codes
}

// languageNames are the English names of the languages that most pages are in, folded.
var languageNames = map[string]string{
	"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl", "russian": "ru", "ukrainian": "uk",
	"polish": "pl", "czech": "cs", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "japanese": "ja", "chinese": "zh", "korean": "ko", "turkish": "tr",
	"hungarian": "hu", "greek": "el", "romanian": "ro", "bulgarian": "bg", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "belarusian": "be", "arabic": "ar", "hebrew": "he",
}

// languagesLike returns the tag of the language that a text names, or the canonical form of a tag.
func languagesLike(text string) []string {
	if tag, ok := languageNames[foldWords(text)]; ok {
		return []string{tag}
	}
	tag, err := language.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	return []string{tag.String()}
}

// hostName is the beginning of an address that lacks its scheme.
var hostName = pattern.New(`^(?i)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}([/?#:]|$)`)

// slips are beginnings of addresses that are meant to be http:// or https://, without a colon, a slash or a letter.
var slips = pattern.New(`^(?i)(h?t?t?p)(s?)(?::?//?|:)([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#:].*)?)$`)

// addressesLike returns the web address that a text was meant as.
func addressesLike(text string) []string {
	address := strings.TrimSpace(text)
	if strings.Contains(address, "\n") {
		return nil
	}
	switch slip := slips().FindStringSubmatch(address); {
	case slip != nil:
		address = "http" + strings.ToLower(slip[2]) + "://" + slip[3]
	case hostName().MatchString(strings.TrimPrefix(address, "//")):
		address = "https://" + strings.TrimPrefix(address, "//")
	}
	return []string{strings.NewReplacer(" ", "%20", listSeparator, "%3B").Replace(address)}
}
