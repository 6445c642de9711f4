package wire

import (
	"net"
	"sync"
)

// group is the open connections of a server.
type group struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
	wg    sync.WaitGroup
}

func (g *group) add(c net.Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.conns == nil {
		g.conns = map[net.Conn]bool{}
	}
	g.conns[c] = true
	g.wg.Add(1)
}

func (g *group) remove(c net.Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.conns[c] {
		delete(g.conns, c)
		g.wg.Done()
	}
}

// closeAll closes the connections under whoever speaks on them.
func (g *group) closeAll() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		c.Close()
	}
}

// wait returns when every connection is removed. None may be added meanwhile.
func (g *group) wait() { g.wg.Wait() }
