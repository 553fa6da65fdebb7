package chart

import (
	"fmt"
	"strconv"
	"time"

	"haltsheet/dataset"
)

// The measures of a timeline, in pixels.
const (
	axisWidth   = 46 // left of the panels
	panelTop    = 30 // what the name of a panel takes
	barPanel    = 170
	linePanel   = 96
	panelGap    = 18
	monthsHigh  = 26
	dayRoom     = 40 // what a week takes whose days are named
	rightMargin = 14
)

// timeline draws columns by day, and below them a line of its own on the same axis.
func (c *canvas) timeline() {
	rows := c.Chart.Rows(c.Table)
	left, width := px(axisWidth), px(c.Width-axisWidth-rightMargin)
	at := func(row int) tenths { return left + width*tenths(row)/tenths(max(rows, 1)) }

	top, bottom := px(panelTop), px(panelTop+barPanel)
	most := c.scale(top, bottom, c.greatest(c.Chart.Bars), c.Chart.Bars)
	c.add(`<path class="bar" fill="%s" d="`, c.Hue)
	peak := 0
	for row := range rows {
		value := c.number(row, c.Chart.Bars).Coefficient()
		if value > c.number(peak, c.Chart.Bars).Coefficient() {
			peak = row
		}
		if value > 0 {
			wide := max((at(row+1)-at(row))*8/10, 5)
			c.add(`M%s %sV%sh%sV%[2]sz`, at(row), bottom, bottom-shareOf(bottom-top, value, most), wide)
		}
	}
	c.add(`"/>`)
	c.note(at(peak), bottom-shareOf(bottom-top, c.number(peak, c.Chart.Bars).Coefficient(), most), peak, c.Chart.Bars)

	top = bottom + px(panelGap+panelTop)
	bottom = top + px(linePanel)
	most = c.scale(top, bottom, c.greatest(c.Chart.Line), c.Chart.Line)
	c.add(`<path class="line" fill="none" stroke="%s" stroke-width="2" stroke-linejoin="round" d="`, c.Accent)
	for row := range rows {
		command := "L"
		if row == 0 {
			command = "M"
		}
		c.add(`%s%s %s`, command, (at(row)+at(row+1))/2, bottom-shareOf(bottom-top, c.number(row, c.Chart.Line).Coefficient(), most))
	}
	c.add(`"/>`)
	c.months(rows, bottom, at)
	c.height = bottom + px(monthsHigh)
}

// scale draws the lines of a panel with the name of its column, and returns what its top stands for.
func (c *canvas) scale(top, bottom tenths, most int64, field string) int64 {
	column := c.Table.Columns[c.Table.Column(field)]
	c.text("caption", inkColor, 0, top-px(14), "", ` font-weight="600"`, column.Title)
	step := niceStep(most)
	highest := (most + step - 1) / step * step
	for value := int64(0); value <= highest; value += step {
		y := bottom - shareOf(bottom-top, value, highest)
		c.add(`<line class="grid" stroke="%s" x1="%d" x2="%d" y1="%s" y2="%[4]s"/>`, gridColor, axisWidth, c.Width-rightMargin, y)
		c.text("tick", quietColor, px(axisWidth-6), y+px(4), "end", ` font-size="12"`, dataset.NewDecimal(value, 0).Grouped())
	}
	return highest
}

// niceStep returns a round step that divides an axis up to a number in at most five.
func niceStep(most int64) int64 {
	for step := int64(1); ; step *= 10 {
		for _, times := range []int64{1, 2, 5} {
			if step*times*5 >= most {
				return step * times
			}
		}
	}
}

// note writes the day and the number of the highest column above it.
func (c *canvas) note(x, y tenths, row int, field string) {
	day := c.Table.Cell(row, c.Table.Column(c.Chart.Label)).Day
	_, month, dayOfMonth := day.Civil()
	text := fmt.Sprintf("%d %s: %s", dayOfMonth, time.Month(month), c.number(row, field).Grouped())
	anchor := ""
	if x > px(c.Width)*7/10 {
		anchor = "end"
	}
	c.text("note", inkColor, x, y-px(5), anchor, ` font-size="12"`, text)
}

// months writes the names of months, with the year where one begins, and the days between them where there is room.
func (c *canvas) months(rows int, y tenths, at func(row int) tenths) {
	next, lastYear := tenths(0), 0
	inWeeks := at(1)-at(0) > px(dayRoom)/7
	for row := range rows {
		year, month, dayOfMonth := c.Table.Cell(row, c.Table.Column(c.Chart.Label)).Day.Civil()
		isDay := inWeeks && (dayOfMonth == 8 || dayOfMonth == 15 || dayOfMonth == 22)
		if dayOfMonth != 1 && !isDay {
			continue
		}
		x := at(row)
		c.add(`<line class="grid" stroke="%s" x1="%s" x2="%[2]s" y1="%[3]s" y2="%[4]s"/>`, gridColor, x, y, y+px(5))
		name := strconv.Itoa(dayOfMonth)
		if !isDay {
			name = time.Month(month).String()[:3]
		}
		if !isDay && year != lastYear {
			name += " " + strconv.Itoa(year)
		}
		if x < next || x > px(c.Width-len(name)*letterWidth) {
			continue
		}
		c.text("tick", quietColor, x, y+px(18), "", ` font-size="12"`, name)
		next = x + px(len(name)*letterWidth+8)
		if !isDay {
			lastYear = year
		}
	}
}
