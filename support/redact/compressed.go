package redact

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"
)

// unpacked is how much of what a text holds in compressed form is looked through, in bytes: a small one may unpack to gigabytes.
const unpacked = 4 << 20

// packing is a way of compressing that bears a mark.
type packing struct {
	mark string
	open func(io.Reader) (io.Reader, error)
	pack func(io.Writer) io.WriteCloser
}

var packings = []packing{
	{"\x1f\x8b\x08",
		func(r io.Reader) (io.Reader, error) {
			unzipped, err := gzip.NewReader(r)
			if err == nil {
				unzipped.Multistream(false) // so that what follows is not taken for a part of it
			}
			return unzipped, err
		},
		func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }},
	{"\x78",
		func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) },
		func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }},
}

// inCompressed looks into what is compressed as gzip or zlib does, wherever it starts in a text. Where something changes it is
// compressed anew, so that its length changes too.
func inCompressed(s string, _ *index, inner func(string) string) string {
	left := unpacked
	for _, p := range packings {
		for at := 0; left > 0; {
			next := strings.Index(s[at:], p.mark)
			if next < 0 {
				break
			}
			at += next
			source := strings.NewReader(s[at:])
			plain := unpack(p, source, left)
			left -= len(plain)
			if plain == "" {
				at++
				continue
			}
			end := len(s) - source.Len()
			if now := inner(plain); now != plain {
				var b bytes.Buffer
				w := p.pack(&b)
				_, _ = io.WriteString(w, now) // a buffer takes everything
				_ = w.Close()
				s = s[:at] + b.String() + s[end:]
				end = at + b.Len()
			}
			at = end
		}
	}
	return s
}

// compressed says whether a text bears the mark of gzip, or starts with that of zlib.
func compressed(text []byte) bool {
	return bytes.Contains(text, []byte(packings[0].mark)) ||
		len(text) > 2 && text[0] == packings[1].mark[0] && (int(text[0])<<8|int(text[1]))%31 == 0
}

// unpack gives what is compressed at the start of the source, as far as it is sound.
func unpack(p packing, source io.Reader, limit int) string {
	r, err := p.open(source)
	if err != nil {
		return ""
	}
	plain, _ := io.ReadAll(io.LimitReader(r, int64(limit)))
	return string(plain)
}
