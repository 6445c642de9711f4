package session

import (
	"strings"

	"session-conformance/support/evidence"
)

// Sample is a request of a sample client of the documents, as it was recorded: see support/samples.
type Sample struct {
	Headers map[string]string
	Text    string                    // its body, in which {name} stands for the value of a field
	Write   func(value string) string // how the client writes a value
}

// ReadSample reads a recorded request.
func ReadSample(recorded string, write func(value string) string) Sample {
	head, body, _ := strings.Cut(recorded, "\r\n\r\n")
	s := Sample{Headers: map[string]string{}, Text: body, Write: write}
	for _, line := range strings.Split(head, "\r\n")[1:] {
		name, value, _ := strings.Cut(line, ": ")
		s.Headers[name] = value
	}
	return s
}

// Options are the client's header fields, after what is said of those that it does not send.
func (s Sample) Options(first ...evidence.Option) []evidence.Option {
	for name, value := range s.Headers {
		switch name {
		case "Transfer-Encoding":
			first = append(first, evidence.Chunked())
		case "Content-Type": // the body brings it
		default:
			first = append(first, evidence.Header(name, value))
		}
	}
	return first
}

// Body is the client's body with the values of a login.
func (s Sample) Body(right Fields) evidence.Body {
	var pairs []string
	for _, f := range right {
		pairs = append(pairs, "{"+f.Name+"}", s.Write(f.Value.(string)))
	}
	return evidence.Raw{ContentType: s.Headers["Content-Type"], Text: strings.NewReplacer(pairs...).Replace(s.Text)}
}
