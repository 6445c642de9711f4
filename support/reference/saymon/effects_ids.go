package saymon

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"session-conformance/support/reference"
)

var uuidForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// sessionID gives session IDs another form, tokenText tokens.
func sessionID(form func(string) string) effect {
	return opens(func(c *call) { c.session.id = form(c.session.id) })
}

func tokenText(form func(string) string) effect { return onToken(func(c *call) { c.id = form(c.id) }) }

// reuse opens the account's eldest session once more.
func reuse(c *call) {
	if live := c.live[c.session.owner.ID]; len(live) > 0 {
		c.session = live[0]
	}
}

// decimal returns 36 random decimal digits.
func decimal() string {
	b := reference.Random(36)
	for i := range b {
		b[i] = '1' + b[i]%9
	}
	return string(b)
}

// uuidOf returns a UUID of version 7, which begins with the time.
func uuidOf(now time.Time) string {
	b := reference.Random(16)
	var time [8]byte
	binary.BigEndian.PutUint64(time[:], uint64(now.UnixMilli()))
	copy(b, time[2:]) // 48 bits
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	return reference.FormUUID(b)
}

// unquoted takes the quotation marks off a sid; empty where it has none.
func unquoted(sid string) string {
	if inner, quoted := strings.CutPrefix(sid, `"`); quoted && len(inner) > 1 && strings.HasSuffix(inner, `"`) {
		return strings.TrimSuffix(inner, `"`)
	}
	return ""
}

func withoutHyphens(id string) string { return strings.ReplaceAll(id, "-", "") }

// countsUp makes UUIDs of a counter.
func countsUp(step int64) func(string) string {
	var made atomic.Int64
	return func(string) string { return fmt.Sprintf("6f1c0000-0000-4000-8000-%012x", made.Add(step)) }
}
