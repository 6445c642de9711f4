//go:build slurm

package fleet

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// cluster is a Slurm of one node.
type cluster struct {
	t      *testing.T
	folder string
	host   string
}

// started starts munge and Slurm in a folder of their own, at free ports, until the test ends.
func started(t *testing.T) *cluster {
	t.Helper()
	for _, tool := range []string{"munged", "slurmctld", "slurmd", "sbatch", "scancel", "squeue", "sinfo"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is missing: apt-get install slurmctld slurmd slurm-client munge", tool)
		}
	}
	g := NewWithT(t)
	host, err := os.Hostname()
	g.Expect(err).NotTo(HaveOccurred())
	host, _, _ = strings.Cut(host, ".")
	c := &cluster{t, t.TempDir(), host}
	for _, name := range []string{"state", "spool"} {
		g.Expect(os.Mkdir(c.in(name), 0o755)).To(Succeed())
	}
	g.Expect(os.WriteFile(c.in("munge.key"), []byte(strings.Repeat("no secret, for this test alone. ", 4)), 0o600)).
		To(Succeed())
	g.Expect(os.WriteFile(c.in("slurm.conf"), []byte(c.configuration(freePort(t), freePort(t))), 0o644)).To(Succeed())
	t.Setenv("SLURM_CONF", c.in("slurm.conf"))
	c.daemon("munged", "--foreground", "--force", "--num-threads=2", "--key-file="+c.in("munge.key"),
		"--socket="+c.in("munge.socket"), "--pid-file="+c.in("munge.pid"), "--seed-file="+c.in("munge.seed"),
		"--log-file="+c.in("munge.log"))
	g.Eventually(c.in("munge.socket"), "20s", "100ms").Should(BeAnExistingFile())
	c.daemon("slurmctld", "-D", "-c", "-f", c.in("slurm.conf"))
	c.daemon("slurmd", "-D", "-f", c.in("slurm.conf"), "-N", host)
	g.Eventually(func() string {
		state, _ := exec.Command("sinfo", "-h", "-o", "%t").CombinedOutput()
		return strings.TrimSpace(string(state))
	}, "60s", "500ms").Should(Equal("idle"))
	return c
}

func (c *cluster) in(name string) string { return filepath.Join(c.folder, name) }

// configuration is slurm.conf. The node says that it has more processors than this machine, so that all parts run at
// once; no job is accounted for, and none is confined, which a container would not let it be.
func (c *cluster) configuration(controller, node int) string {
	return fmt.Sprintf(`ClusterName=conformance
SlurmctldHost=%[2]s(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=%[1]s/munge.socket
CredType=cred/munge
StateSaveLocation=%[1]s/state
SlurmdSpoolDir=%[1]s/spool
SlurmctldPidFile=%[1]s/slurmctld.pid
SlurmdPidFile=%[1]s/slurmd.pid
SlurmctldLogFile=%[1]s/slurmctld.log
SlurmdLogFile=%[1]s/slurmd.log
SlurmctldPort=%[3]d
SlurmdPort=%[4]d
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
MailProg=/bin/true
ReturnToService=2
KillWait=2
NodeName=%[2]s NodeAddr=127.0.0.1 CPUs=8 RealMemory=8000 State=UNKNOWN
PartitionName=all Nodes=%[2]s Default=YES MaxTime=INFINITE State=UP
`, c.folder, c.host, controller, node)
}

// freePort is one that nobody listens at, below those that systems give to whoever asks for any: it stays free for a
// daemon that can only be told a number.
func freePort(t *testing.T) int {
	t.Helper()
	for range 100 {
		port := 20000 + rand.IntN(10000)
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatal("a hundred ports between 20000 and 30000 are taken")
	return 0
}

// daemon runs a program until the test ends. What it says is shown where the test fails.
func (c *cluster) daemon(name string, args ...string) {
	c.t.Helper()
	cmd := exec.Command(name, args...)
	log, err := os.Create(c.in(name + ".said"))
	if err != nil {
		c.t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		ended := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		ended.Stop()
		if said, _ := os.ReadFile(log.Name()); c.t.Failed() {
			c.t.Logf("%s:\n%s", name, said)
		}
	})
}

// submit starts parts by the script that users get, and gives the job's number.
func (c *cluster) submit(array, program, targets, results string) string {
	c.t.Helper()
	cmd := exec.Command("sbatch", "--parsable", "--array="+array, "--chdir="+c.folder,
		"--export=ALL,SHARDS=3,TARGETS_FILE="+targets+",RESULTS="+results+",CONFORMANCE="+program,
		"slurm/conformance.sbatch")
	said, err := cmd.CombinedOutput()
	if err != nil {
		c.t.Fatalf("sbatch: %v\n%s", err, said)
	}
	return strings.TrimSpace(string(said))
}

// ended waits until none of a job's parts runs or waits to run.
func (c *cluster) ended(job string) {
	c.t.Helper()
	NewWithT(c.t).Eventually(func() string {
		left, _ := exec.Command("squeue", "-h", "-j", job).Output()
		return strings.TrimSpace(string(left))
	}, "240s", "500ms").Should(BeEmpty())
}
