package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"session-conformance/support/target"
)

// peer is another program that can judge answers.
type peer struct {
	name    string
	install string // how to get it
	many    bool   // one run can judge many targets
	// args judge the targets by the check file. folder holds what writeVariables writes.
	args func(file, folder string, first variables) []string
}

var peers = []peer{
	{"k6", "go install go.k6.io/k6@v1.8.0", true, func(file, folder string, _ variables) []string {
		return []string{"run", "--quiet", "--no-usage-report", "-e", "TARGETS=" + filepath.Join(folder, "targets.json"), file + ".js"}
	}},
	{"venom", "go install github.com/ovh/venom/cmd/venom@v1.3.0", false, func(file, folder string, v variables) []string {
		return []string{"run", "--var=dir=" + folder, "--var=url=" + v.URL, "--var=login=" + v.Login, "--var=basic=" + v.Basic,
			"--var=token_path=" + v.TokenPath, "--var=invented=" + v.Invented, file + ".yaml"}
	}},
	{"newman", "npm install --global newman@6.2.2", true, func(file, folder string, _ variables) []string {
		return []string{"run", file + ".json", "--reporters", "cli", "--reporter-cli-silent", "--iteration-data", filepath.Join(folder, "targets.json")}
	}},
}

// installed are the peers that are on the path; the others are told of.
func (b *bench) installed() []peer {
	var found []peer
	for _, p := range peers {
		if _, err := exec.LookPath(p.name); err != nil {
			fmt.Fprintf(b.Out, "%s is not installed: %s\n", p.name, p.install)
			continue
		}
		found = append(found, p)
	}
	return found
}

// judges lets the peer judge new servers with the named peculiarities. passed says that all checks passed; what the peer printed
// tells more.
func (p peer) judges(b *bench, s serving) (c Cost, passed bool, output []byte, err error) {
	targets, err := b.programs.serve(s)
	if err != nil {
		return c, false, nil, err
	}
	defer func() {
		if ended := targets.close(); err == nil {
			err = ended
		}
	}()
	all, err := variablesOf(targets.file)
	if err != nil {
		return c, false, nil, err
	}
	folder := b.programs.path(p.name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		return c, false, nil, err
	}
	defer os.RemoveAll(folder)
	if err := writeVariables(folder, all); err != nil {
		return c, false, nil, err
	}
	file, err := filepath.Abs(filepath.Join(b.Root, "support/bench/peers", target.SAYMON+"."+p.name))
	if err != nil {
		return c, false, nil, err
	}
	cmd := exec.Command(p.name, p.args(file, folder, all[0])...)
	cmd.Dir = folder // some leave a log where they run
	c, output, failed := measure(cmd)
	return c, failed == nil, output, nil
}
