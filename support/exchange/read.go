package exchange

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
)

// read reads the body within BodyLimit and undoes gzip.
func (a *Answer) read(body io.Reader) error {
	encoding := strings.ToLower(strings.TrimSpace(a.Header.Get("Content-Encoding")))
	buffered, packed := &bytes.Buffer{}, &ended{Reader: body}
	switch encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		buffer := bufio.NewReader(packed)
		body = buffer
		magic, err := buffer.Peek(2)
		if len(magic) == 0 && err == io.EOF { // no body at all: a 204, say
			return nil
		}
		if string(magic) != "\x1f\x8b" {
			a.Undecoded = encoding
			break
		}
		if body, err = gzip.NewReader(buffer); err != nil {
			return errGzip
		}
	default:
		a.Undecoded = encoding
	}
	_, err := io.Copy(buffered, io.LimitReader(body, BodyLimit+1))
	a.Body = buffered.Bytes()
	if len(a.Body) > BodyLimit {
		a.Body, a.TooLong = bytes.Clone(a.Body[:LongBodyKept]), true
		return nil
	}
	if err != nil && packed.whole {
		return errGzip
	}
	return err
}

// ended remembers that a body came to its end as HTTP frames it.
type ended struct {
	io.Reader
	whole bool
}

func (r *ended) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.whole = r.whole || err == io.EOF
	return n, err
}

var errGzip = errors.New("its gzip is damaged or cut short")
