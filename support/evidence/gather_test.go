//go:build unit

package evidence

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

// server answers by a function and keeps the paths in the order in which they came.
type server struct {
	*httptest.Server
	mu    sync.Mutex
	paths []string
}

func serve(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.paths = append(s.paths, r.URL.Path)
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func job(url string) Job {
	return Job{Target: target.Target{Name: "t", API: "saymon", URL: url, Timeout: 300 * time.Millisecond, Concurrency: 4,
		User: &target.User{Login: "somebody", Password: "Correct horse, 9 staples"}}}
}

// gatherWhole runs the jobs and gives what was gathered.
func gatherWhole(api *API, jobs ...Job) []Gathered {
	all := make([]Gathered, len(jobs))
	Gather(context.Background(), api, jobs, "test", nil, func(i int, g Gathered) { all[i] = g })
	return all
}

// gatherAll runs the jobs and gives their HAR files.
func gatherAll(api *API, jobs ...Job) [][]byte {
	var files [][]byte
	for _, g := range gatherWhole(api, jobs...) {
		files = append(files, g.HAR)
	}
	return files
}

// gather runs one target and reads its evidence.
func gather(t *testing.T, api *API, j Job) *Evidence {
	t.Helper()
	ev, err := Read(gatherAll(api, j)[0])
	if err != nil {
		t.Fatal(err)
	}
	return ev
}

// ask is a scenario of one GET to its own name.
func ask(api *API, name string, options ...ScenarioOption) *Scenario {
	var steps Steps
	step := steps.Step("GET /" + name)
	return api.Add(name, &steps, func(t *Caller) { t.Get(step, "/"+name) }, options...)
}

// controlled is an API with a control that acts so; nil: it asks GET /control.
func controlled(act func(*Caller)) *API {
	api := &API{}
	if act == nil {
		ask(api, "control", Control())
	} else {
		api.Add("control", nil, act, Control())
	}
	return api
}

func fine(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") }

func TestGatherKeepsTheOrder(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{}
	ask(api, "ending", Ending())
	b := ask(api, "b")
	ask(api, "control", Control())
	ask(api, "a", After(b))
	ask(api, "last", Ending())
	ev := gather(t, api, job(s.URL))
	g.Expect(s.paths).To(Equal([]string{"/control", "/b", "/a", "/ending", "/last"}))
	var numbered []string
	for i, e := range ev.Exchanges {
		g.Expect(e.Number).To(Equal(i + 1))
		numbered = append(numbered, e.Scenario)
	}
	g.Expect(numbered).To(Equal([]string{"control", "b", "a", "ending", "last"}))
}

func TestGatherUnderAFilterAsksOnlyWhatIsNeeded(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := controlled(nil)
	b := ask(api, "b")
	ask(api, "other")
	ask(api, "a", After(b))
	j := job(s.URL)
	j.Scenarios = map[string]bool{"a": true}
	gather(t, api, j)
	g.Expect(s.paths).To(Equal([]string{"/control", "/b", "/a"}))
}

func TestGatherTakesTurnsWhereALoginEndsTheEarlierSession(t *testing.T) {
	for _, turns := range []bool{true, false} {
		g := NewWithT(t)
		var mu sync.Mutex
		under, most := 0, 0
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			under++
			most = max(most, under)
			mu.Unlock()
			time.Sleep(30 * time.Millisecond)
			mu.Lock()
			under--
			mu.Unlock()
		})
		api := controlled(func(t *Caller) {
			t.Get(nil, "/control")
			if turns {
				t.TakeTurns()
			}
		})
		for _, name := range []string{"x", "y", "z"} {
			ask(api, name, Account("user"))
		}
		gather(t, api, job(s.URL))
		if turns {
			g.Expect(most).To(Equal(1))
		} else {
			g.Expect(most).To(BeNumerically(">", 1))
		}
	}
}

func TestGatherSendsNothingMoreAfterASilentControl(t *testing.T) {
	g := NewWithT(t)
	api := controlled(nil)
	ask(api, "a")
	began := time.Now()
	ev := gather(t, api, job("http://127.0.0.1:1"))
	g.Expect(time.Since(began)).To(BeNumerically("<", 2*time.Second))
	g.Expect(ev.Exchanges).To(HaveLen(1))
	g.Expect(ev.Target.Stopped).To(ContainSubstring("refused"))
	o, found := ev.Outcome("a", "")
	g.Expect(found).To(BeTrue())
	g.Expect(o.Verdict).To(Equal(Inconclusive))
}

func TestGatherLeavesASilentTargetAlone(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/control" {
			panic(http.ErrAbortHandler)
		}
	})
	api := controlled(nil)
	api.Add("chain", nil, func(t *Caller) {
		for i := range 10 {
			t.Get(NewStep(fmt.Sprint(i)), "/abort", Fresh())
		}
	})
	ev := gather(t, api, job(s.URL))
	g.Expect(ev.Exchanges).To(HaveLen(1+silenceLimit), "three without an answer, and no more")
	g.Expect(ev.Target.Stopped).To(ContainSubstring("3 requests in a row"))
}

func TestAwaitWaitsForEarlierScenariosOnly(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{}
	var late *Scenario
	early := api.Add("early", nil, func(t *Caller) {
		time.Sleep(50 * time.Millisecond)
		t.Get(nil, "/early")
	})
	api.Add("control", nil, func(*Caller) {}, Control())
	api.Add("waits", nil, func(t *Caller) {
		t.Await(early)
		t.Get(nil, "/after")
		t.Await(late)
	})
	late = ask(api, "late")
	ev := gather(t, api, job(s.URL))
	g.Expect(s.paths[1:]).To(Equal([]string{"/early", "/after"}))
	o, _ := ev.Outcome("waits", "")
	g.Expect(o.Reason).To(ContainSubstring(`"waits" waits for "late", which is declared later`))
}

func TestCheckFindsScenariosThatDoNotFit(t *testing.T) {
	g := NewWithT(t)
	g.Expect((&API{}).Check()).To(MatchError(ContainSubstring("0 scenarios are the control")))
	twice := &API{}
	ask(twice, "a", Control())
	g.Expect(twice.Check()).To(Succeed())
	ask(twice, "a")
	g.Expect(twice.Check()).To(MatchError(ContainSubstring(`called "a"`)))
	order := &API{}
	ask(order, "a", After(ask(order, "end", Ending())), Control())
	g.Expect(order.Check()).To(MatchError(ContainSubstring(`"a" runs after "end", which is declared later`)))
}

// A user's own password stays what targets.yaml calls it, though a scenario sends it where it is wrong.
func TestASettingKeepsItsName(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {})
	api := &API{Name: "saymon"}
	var steps Steps
	login := steps.Step("log in")
	api.Add("log in", &steps, func(c *Caller) {
		c.Post(login, "/login", JSON{"password": c.Secret("wrong password", c.User.Password)})
	}, Control())
	j := job(s.URL)
	j.Target.Variables = map[string]string{"user.password": "QA_PASSWORD"}
	ev := gather(t, api, j)
	g.Expect(ev.Target.FromEnvironment).To(Equal(map[string]string{"user.password": "QA_PASSWORD"}))
	for standIn, label := range ev.Target.StandIns {
		g.Expect(standIn).NotTo(ContainSubstring("horse"))
		g.Expect(label).To(Equal("user.password"))
	}
	g.Expect(ev.Target.StandIns).To(HaveLen(1))
}
