package evidence

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
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
	return api.Add(name, func(ctx context.Context, t *Caller) { t.Get(ctx, "/"+name) }, options...)
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
	api := &API{}
	ask(api, "control", Control())
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
		api := &API{}
		api.Add("control", func(ctx context.Context, t *Caller) {
			t.Get(ctx, "/control")
			if turns {
				t.TakeTurns()
			}
		}, Control())
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
	api := &API{}
	ask(api, "control", Control())
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
	api := &API{}
	ask(api, "control", Control())
	api.Add("chain", func(ctx context.Context, t *Caller) {
		for i := range 10 {
			t.Get(ctx, "/abort", Fresh(), Step(fmt.Sprint(i)))
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
	early := api.Add("early", func(ctx context.Context, t *Caller) {
		time.Sleep(50 * time.Millisecond)
		t.Get(ctx, "/early")
	})
	api.Add("control", func(context.Context, *Caller) {}, Control())
	api.Add("waits", func(ctx context.Context, t *Caller) {
		t.Await(early)
		t.Get(ctx, "/after")
		t.Await(late)
	})
	late = ask(api, "late")
	ev := gather(t, api, job(s.URL))
	g.Expect(s.paths[1:]).To(Equal([]string{"/early", "/after"}))
	o, _ := ev.Outcome("waits", "")
	g.Expect(o.Reason).To(ContainSubstring(`"waits" waits for "late", which is declared later`))
}

// A product that keeps two sessions of a user must not lose one between its login and its use.
func TestAloneKeepsOtherLoginsOut(t *testing.T) {
	g := NewWithT(t)
	var mu sync.Mutex
	var live []string
	lost := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		name := r.URL.Query().Get("as")
		switch {
		case r.URL.Path == "/login":
			live = append(live, name)
			live = live[max(0, len(live)-2):]
		case r.URL.Path == "/use" && !slices.Contains(live, name):
			lost++
		}
	})
	api := &API{}
	api.Add("control", func(context.Context, *Caller) {}, Control())
	for i := range 12 {
		name := fmt.Sprint("s", i)
		api.Add(name, func(ctx context.Context, t *Caller) {
			if i%2 == 0 {
				t.Get(ctx, "/login", Query("as", name), Opens("user"))
				return
			}
			t.Alone("user", func() {
				t.Get(ctx, "/login", Query("as", name), LogsIn("user"))
				time.Sleep(5 * time.Millisecond)
				t.Get(ctx, "/use", Query("as", name))
			})
		}, Account("user"))
	}
	gather(t, api, job(s.URL))
	g.Expect(s.paths).To(HaveLen(18))
	g.Expect(lost).To(BeZero())
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

func TestGatherBoundsWrongPasswords(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wrong" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	api := &API{}
	api.Add("control", func(ctx context.Context, t *Caller) {
		for range 4 { // of which two are in a row
			t.Post(ctx, "/wrong", JSON{"password": "Correct horse, 9 staple"}, WrongPassword("user"))
		}
		for range 4 {
			t.Post(ctx, "/right", nil, Opens("user"))
			t.Post(ctx, "/wrong", nil, WrongPassword("user"))
		}
	}, Control())
	ev := gather(t, api, job(s.URL))
	wrong := 0
	for _, path := range s.paths {
		if path == "/wrong" {
			wrong++
		}
	}
	g.Expect(wrong).To(Equal(wrongLimit))
	g.Expect(s.paths[:3]).To(Equal([]string{"/wrong", "/wrong", "/right"}))
	g.Expect(ev.Target.RefusedLogins).To(Equal(map[string]int{"user": wrongLimit}))
}

func TestGatherSettlesWhatIsMissing(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{}
	ask(api, "control", Control())
	ask(api, "email", Needs("user.email"))
	ask(api, "keycloak", Needs("keycloak"))
	ask(api, "is it absent", OnlyWithout("keycloak"))
	ask(api, "is email absent", OnlyWithout("email"))
	j := job(s.URL)
	j.Target.Without = []string{"keycloak"}
	ev := gather(t, api, j)
	verdicts := map[string]string{}
	for _, o := range ev.Outcomes {
		verdicts[o.Scenario] = o.Verdict
	}
	g.Expect(verdicts).To(Equal(map[string]string{"email": Unconfigured, "keycloak": Unsupported, "is email absent": NotApplicable}))
	g.Expect(ev.Find("is it absent", "")).NotTo(BeNil())
}

func TestGatherKeepsTheScenariosOfARefusedAccountFromRunning(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{}
	api.Add("control", func(ctx context.Context, t *Caller) {
		t.Get(ctx, "/control")
		t.RefuseAccount("user", "its login is refused")
	}, Control())
	ask(api, "login", Account("user"))
	ask(api, "none")
	gather(t, api, job(s.URL))
	g.Expect(s.paths).To(Equal([]string{"/control", "/none"}))
}

func TestGatherEndsTheSessionsThatAreLeft(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{CleanUp: func(ctx context.Context, t *Caller, left Session) {
		t.Delete(ctx, "/out/"+left.Cookie)
	}}
	api.Add("control", func(ctx context.Context, t *Caller) {
		t.Get(ctx, "/control")
		t.Opened(Session{"user", "a"})
		t.Opened(Session{"user", "b"})
		t.Opened(Session{"user", "a"})
		t.Ended(Session{"user", "b"})
	}, Control())
	gather(t, api, job(s.URL))
	g.Expect(s.paths).To(Equal([]string{"/control", "/out/a"}))
	j := job(s.URL)
	s.paths, j.Target.Without = nil, []string{"logout"}
	gather(t, api, j)
	g.Expect(s.paths).To(Equal([]string{"/control"}))
}

func TestGatherSurvivesAScenarioThatPanics(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{}
	ask(api, "control", Control())
	api.Add("broken", func(context.Context, *Caller) { panic("oh") })
	ask(api, "a")
	ev := gather(t, api, job(s.URL))
	o, _ := ev.Outcome("broken", "")
	g.Expect(o.Reason).To(ContainSubstring("the suite's own scenario failed: oh"))
	g.Expect(ev.Find("a", "")).NotTo(BeNil())
}

func TestGatherKeepsTargetsApart(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{}
	ask(api, "control", Control())
	good, down := job(s.URL), job("http://127.0.0.1:1")
	for i, file := range gatherAll(api, good, down, good) {
		ev, err := Read(file)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(ev.Target.Stopped != "").To(Equal(i == 1))
	}
}

func TestGatherHidesSecretsAndKeepsShapes(t *testing.T) {
	g := NewWithT(t)
	const id = "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "sid="+id+"; Path=/")
		w.Header().Set("X-Echo", r.Header.Get("X-Key"))
		fmt.Fprintf(w, "%q", id)
	})
	api := &API{}
	api.Add("control", func(ctx context.Context, t *Caller) {
		t.Post(ctx, "/login", JSON{"login": t.User.Login, "password": t.User.Password}, Opens("user"))
		t.Get(ctx, "/use", Cookie("sid", id), Query("api-token", id), Basic(t.User.Login, t.User.Password))
		t.Post(ctx, "/login", JSON{"password": t.Secret("near", "correct horse, 9 staples")}, WrongPassword("user"))
	}, Control())
	j := job(s.URL)
	j.Target.Headers = map[string]string{"X-Key": "k3y-K3Y-k3y", "X-Short": "s3s"}
	har := string(gatherAll(api, j)[0])
	for _, secret := range []string{id, "Correct horse", "correct horse", "k3y", "K3Y", "s3s"} {
		g.Expect(har).NotTo(ContainSubstring(secret))
	}
	ev, err := Read([]byte(har))
	g.Expect(err).NotTo(HaveOccurred())
	login, use := ev.Find("control", "POST /login"), ev.Find("control", "GET /use")
	standIn := strings.Trim(string(login.Body()), `"`)
	g.Expect(standIn).To(MatchRegexp(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`), "a quoted UUID stays one")
	g.Expect(login.Cookies()[0].Value).To(Equal(standIn), "a cookie that was the body still is")
	g.Expect(use.Request.Header.Get("Cookie")).To(Equal("sid=" + standIn))
	g.Expect(use.Request.URL).To(HaveSuffix("api-token=" + standIn))
	g.Expect(string(login.Request.Body)).To(MatchRegexp(`^\{"login":"somebody","password":"[A-Z][a-z]{6} [a-z]{5}, \d [a-z]{7}"\}$`))
	g.Expect(ev.Target.User).To(Equal(&target.User{Login: "somebody"}))
	g.Expect(ev.Target.TooCommon).To(Equal([]string{"headers.X-Short"}))
}
