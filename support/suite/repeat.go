package suite

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"session-conformance/support/evidence"
)

// repeated says why targets must not be asked, because ginkgo, which started this program, will start it again and
// again: each time their accounts would see as many refused logins as a run may send. Embedded servers have accounts of
// their own each time. It is empty where nothing is to be said.
func repeated(jobs []evidence.Job, parent []string) string {
	flag := repeating(parent)
	own := slices.IndexFunc(jobs, func(j evidence.Job) bool { return !j.Target.Embedded() })
	if flag == "" || own < 0 {
		return ""
	}
	return fmt.Sprintf("%s would send the accounts of %s more refused logins than a run may, and lock them: "+
		"leave it out, or repeat embedded targets only", flag, jobs[own].Target.Name)
}

// repeating is the flag by which a command line of ginkgo repeats suites; empty: none does.
func repeating(arguments []string) string {
	for i, argument := range arguments {
		name, value, given := strings.Cut(strings.TrimLeft(argument, "-"), "=")
		switch {
		case !strings.HasPrefix(argument, "-"):
		case name == "until-it-fails" && value != "false":
			return "--until-it-fails"
		case name == "repeat" && !given && i+1 < len(arguments):
			value = arguments[i+1]
			fallthrough
		case name == "repeat":
			if strings.Trim(value, "0") != "" {
				return "--repeat"
			}
		}
	}
	return ""
}

// startedBy is the command line of the program that started this one, as far as the system tells.
func startedBy() []string {
	if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", os.Getppid())); err == nil {
		return strings.Split(string(text), "\x00")
	}
	text, _ := exec.Command("ps", "-o", "args=", "-p", fmt.Sprint(os.Getppid())).Output()
	return strings.Fields(string(text))
}
