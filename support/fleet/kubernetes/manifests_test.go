//go:build unit

package kubernetes

import (
	"bytes"
	"os"
	"strconv"
	"testing"

	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

func decode(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = yaml.UnmarshalStrict(text, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func TestManifestsAreWhatKubernetesReads(t *testing.T) {
	var job, merge batch.Job
	var claim core.PersistentVolumeClaim
	decode(t, "job.yaml", &job)
	decode(t, "merge.yaml", &merge)
	decode(t, "reports.yaml", &claim)
	variables := map[string]string{}
	for _, v := range job.Spec.Template.Spec.Containers[0].Env {
		variables[v.Name] = v.Value
	}
	if variables["SHARDS"] != strconv.Itoa(int(*job.Spec.Completions)) || *job.Spec.Parallelism > *job.Spec.Completions {
		t.Errorf("SHARDS is %s, completions are %d, parallelism %d", variables["SHARDS"], *job.Spec.Completions,
			*job.Spec.Parallelism)
	}
	for _, j := range []batch.Job{job, merge} {
		pod := j.Spec.Template.Spec
		if !*pod.SecurityContext.RunAsNonRoot || !*pod.Containers[0].SecurityContext.ReadOnlyRootFilesystem ||
			pod.RestartPolicy != core.RestartPolicyNever {
			t.Errorf("%s: must run as non-root, with a read-only root, and never be restarted in place", j.Name)
		}
		if pod.Volumes[len(pod.Volumes)-1].PersistentVolumeClaim.ClaimName != claim.Name {
			t.Errorf("%s: its reports are in no volume of reports.yaml", j.Name)
		}
	}
}

func TestAMisspeltFieldFails(t *testing.T) {
	text, err := os.ReadFile("job.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"backoffLimitPerIndex", "onExitCodes", "readOnlyRootFilesystem", "claimName"} {
		wrong := bytes.Replace(text, []byte(field), []byte(field+"s"), 1)
		if bytes.Equal(wrong, text) || yaml.UnmarshalStrict(wrong, &batch.Job{}) == nil {
			t.Errorf("%ss is not noticed", field)
		}
	}
}
