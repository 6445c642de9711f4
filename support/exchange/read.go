package exchange

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
)

// read reads the body within BodyLimit and undoes gzip, and deflate where the request asks for that: fetch and Python's
// requests do.
func (a *Answer) read(body io.Reader, asked http.Header) error {
	coding := strings.Join(slices.DeleteFunc(a.Codings(), func(c string) bool {
		return !registered[c] ||
			c == "identity"
	}), ", ")
	buffered, packed := &bytes.Buffer{}, &ended{Reader: body}
	switch coding {
	case "":
	case "gzip", "x-gzip":
		buffer := bufio.NewReader(packed)
		body = buffer
		magic, err := buffer.Peek(2)
		if len(magic) == 0 && err == io.EOF { // no body at all: a 204, say
			return nil
		}
		if string(magic) != "\x1f\x8b" {
			a.Undecoded = coding
			break
		}
		if body, err = gzip.NewReader(buffer); err != nil {
			return errGzip
		}
	case "deflate":
		came, err := io.ReadAll(io.LimitReader(packed, BodyLimit+1))
		if err != nil || len(came) == 0 {
			return err
		}
		if body = inflating(came); !strings.Contains(asked.Get("Accept-Encoding"), coding) || !decodes(inflating(came)) {
			a.Undecoded, body = coding, bytes.NewReader(came)
		}
	default:
		a.Undecoded = coding
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

// inflating undoes deflate: in zlib's frame, as RFC 9110 has it, or without one, as some servers send it and all
// clients read it.
func inflating(came []byte) io.Reader {
	if framed, err := zlib.NewReader(bytes.NewReader(came)); err == nil {
		return framed
	}
	return flate.NewReader(bytes.NewReader(came))
}

// decodes says whether nothing is wrong with what comes within BodyLimit.
func decodes(body io.Reader) bool {
	_, err := io.Copy(io.Discard, io.LimitReader(body, BodyLimit+1))
	return err == nil
}

// registered are the content codings that exist, and so may change a body. Others, as a charset or a media type, say
// nothing: curl, browsers and the documents' clients read such a body as it is.
// https://www.iana.org/assignments/http-parameters
var registered = map[string]bool{"gzip": true, "x-gzip": true, "deflate": true, "compress": true, "x-compress": true,
	"br": true, "zstd": true,
	"dcb": true, "dcz": true, "exi": true, "pack200-gzip": true, "aes128gcm": true, "identity": true}

// Codings are the words of the answer's Content-Encoding, in lower case.
func (a *Answer) Codings() (words []string) {
	for word := range strings.SplitSeq(strings.Join(a.Header.Values("Content-Encoding"), ","), ",") {
		if word = strings.ToLower(strings.TrimSpace(word)); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// OddCoding is a word of the answer's Content-Encoding that is no coding, and was ignored; empty where there is none.
func (a *Answer) OddCoding() string {
	if a == nil {
		return ""
	}
	for _, word := range a.Codings() {
		if !registered[word] {
			return word
		}
	}
	return ""
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
