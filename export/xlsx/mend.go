package xlsx

import (
	"bytes"
	"regexp"
)

// mendings are what the packing changes in the parts that excelize makes.
func (w *workbook) mendings() []mending {
	mendings := []mending{
		{"[Content_Types].xml", sortContentTypes},
		{"docProps/core.xml", coreProperties(&w.content.Metadata)},
		{"xl/styles.xml", orderFonts},
		{"xl/tables/", w.describeTable},
		{"xl/charts/", w.cachePoints},
	}
	if w.content.Plain {
		mendings = append(mendings, mending{"xl/tables/", removeFilter})
	}
	return mendings
}

var (
	fontPattern  = regexp.MustCompile(`<font>.*?</font>`)
	colorPattern = regexp.MustCompile(`<color [^>]*?(/>|></color>)`)
	namePattern  = regexp.MustCompile(`<name `)
)

// orderFonts puts the color of each font before its name, as the schema of CT_Font has it (ECMA-376 Part 1, 18.8.22).
func orderFonts(_ string, part []byte) []byte {
	return fontPattern.ReplaceAllFunc(part, func(font []byte) []byte {
		color := colorPattern.Find(font)
		name := namePattern.FindIndex(font)
		if color == nil || name == nil || bytes.Index(font, color) < name[0] {
			return font
		}
		without := bytes.Replace(font, color, nil, 1)
		return bytes.Replace(without, []byte("<name "), append(bytes.Clone(color), "<name "...), 1)
	})
}

var (
	filterPattern = regexp.MustCompile(`<autoFilter[^>]*?(/>|></autoFilter>)`)
	tableName     = regexp.MustCompile(`displayName="([^"]*)"`)
)

// removeFilter takes the filter out of a table.
func removeFilter(_ string, part []byte) []byte { return filterPattern.ReplaceAll(part, nil) }

// describeTable gives a table its alternative text ([MS-XLSX] 2.6.79).
func (w *workbook) describeTable(_ string, part []byte) []byte {
	name := tableName.FindSubmatch(part)
	for _, s := range w.sheets {
		if name == nil || s.name != string(name[1]) {
			continue
		}
		b := []byte(`<extLst><ext uri="{504A1905-F514-4f6f-8877-14C23A59335A}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:table altText="`)
		b = appendEscaped(b, s.title)
		b = append(b, `" altTextSummary="`...)
		b = appendEscaped(b, s.table.Description)
		b = append(b, `"/></ext></extLst></table>`...)
		return bytes.Replace(part, []byte("</table>"), b, 1)
	}
	return part
}
