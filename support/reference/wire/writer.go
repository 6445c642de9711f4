package wire

import (
	"context"
	"fmt"
	"net"
)

// writer writes to a connection until something goes wrong.
type writer struct {
	ctx  context.Context
	conn net.Conn
	err  error
}

func (w *writer) write(s string) {
	if w.err == nil && s != "" {
		_, w.err = w.conn.Write([]byte(s))
	}
}

func (w *writer) wait() {
	if w.err == nil && !sleep(w.ctx, pause) {
		w.err = w.ctx.Err()
	}
}

// inChunks writes a body a few bytes at a time: a large one in larger chunks, so that it does not take for ever.
func (s *speaker) inChunks(out *writer, body string, trailers bool) {
	extension, size := "", max(7, len(body)/16)
	if trailers {
		extension = `;part="one of several"`
	}
	for at := 0; at < len(body); at += size {
		if at > 0 && at < 4*size {
			out.wait() // so that the first ones arrive one by one
		}
		part := body[at:min(at+size, len(body))]
		out.write(fmt.Sprintf("%04X%s\r\n%s\r\n", len(part), extension, part))
	}
	out.write("0\r\n")
	if trailers {
		out.write("X-Checksum: none\r\nX-Took: 1\r\n")
	}
	out.write("\r\n")
}
