package vary

import (
	"regexp"
	"strings"
)

var (
	objectID = regexp.MustCompile(`^[0-9A-Fa-f]{24}$`)
	number   = regexp.MustCompile(`^[0-9]+$`)
)

// Unassigned is an ID of the same kind that no user can have: of 24 hexadecimal digits, which begin with the time when
// they were given, one of a time to come; of numbers, one beyond those that are exact in JSON. Of any other kind it is
// one drawn anew.
func Unassigned(id string) string {
	switch {
	case objectID.MatchString(id):
		drawn := "fe" + Another(id[2:])
		if id == strings.ToUpper(id) && id != strings.ToLower(id) {
			return strings.ToUpper(drawn)
		}
		return drawn
	case number.MatchString(id):
		return "9" + Another("00000000000000000")
	}
	return Another(id)
}

// Longer is the ID with a digit more, where IDs of its kind have all the same length; empty where it could be
// somebody's.
func Longer(id string) string {
	if objectID.MatchString(id) || uuid.MatchString(id) {
		return id + "0"
	}
	return ""
}
