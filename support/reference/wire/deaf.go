package wire

import (
	"fmt"
	"net"
	"syscall"
)

// Deaf takes a loopback address at which nobody listens: connections are refused, and no other program is given the
// port, until it is closed.
func Deaf(addr string) (*Running, error) {
	if err := loopback(addr); err != nil {
		return nil, err
	}
	wanted, err := net.ResolveTCPAddr("tcp4", addr)
	if err != nil {
		return nil, err
	}
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", addr, err)
	}
	syscall.CloseOnExec(socket)
	err = syscall.Bind(socket, &syscall.SockaddrInet4{Port: wanted.Port, Addr: [4]byte(wanted.IP.To4())})
	var taken syscall.Sockaddr
	if err == nil {
		taken, err = syscall.Getsockname(socket)
	}
	if err != nil {
		_ = syscall.Close(socket)
		return nil, fmt.Errorf("%s cannot be taken: %w", addr, err)
	}
	done := make(chan struct{})
	close(done)
	at := net.TCPAddr{IP: wanted.IP, Port: taken.(*syscall.SockaddrInet4).Port}
	return &Running{URL: "http://" + at.String(), stop: func() { _ = syscall.Close(socket) }, done: done}, nil
}
