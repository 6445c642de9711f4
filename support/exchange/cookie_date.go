package exchange

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The parts of a cookie's date, each at the beginning of a word: RFC 6265, 5.1.1.
var (
	cookieTime  = regexp.MustCompile(`^(\d{1,2}):(\d{1,2}):(\d{1,2})(\D|$)`)
	cookieDay   = regexp.MustCompile(`^(\d{1,2})(\D|$)`)
	cookieMonth = regexp.MustCompile(`^(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)
	cookieYear  = regexp.MustCompile(`^(\d{2,4})(\D|$)`)
)

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// cookieDate reads the date of a cookie's Expires as browsers do, who take many more forms than HTTP has: RFC 6265,
// 5.1.1.
func cookieDate(text string) (time.Time, bool) {
	var clock, day, year []string
	month := ""
	for _, word := range strings.FieldsFunc(text, dateDelimiter) {
		switch {
		case clock == nil && cookieTime.MatchString(word):
			clock = cookieTime.FindStringSubmatch(word)
		case day == nil && cookieDay.MatchString(word):
			day = cookieDay.FindStringSubmatch(word)
		case month == "" && cookieMonth.MatchString(word):
			month = strings.ToLower(word[:3])
		case year == nil && cookieYear.MatchString(word):
			year = cookieYear.FindStringSubmatch(word)
		}
	}
	if clock == nil || day == nil || month == "" || year == nil {
		return time.Time{}, false
	}
	number := func(digits string) int { n, _ := strconv.Atoi(digits); return n } // at most four digits
	y, d, h, m, s := number(year[1]), number(day[1]), number(clock[1]), number(clock[2]), number(clock[3])
	switch {
	case y >= 70 && y <= 99:
		y += 1900
	case y <= 69:
		y += 2000
	}
	at := time.Date(y, time.Month(strings.Index(monthNames, month)/3+1), d, h, m, s, 0, time.UTC)
	return at, at.Day() == d && y >= 1601 && h <= 23 && m <= 59 && s <= 59
}

func dateDelimiter(r rune) bool {
	return r == '\t' || r >= ' ' && r <= '/' || r >= ';' && r <= '@' || r >= '[' && r <= '`' || r >= '{' && r <= '~'
}
