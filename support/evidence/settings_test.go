//go:build unit

package evidence

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	_ "session-conformance/suites/apis" // whose targets the tests are about
	"session-conformance/support/canary"
	"session-conformance/support/target"
)

// filled gives each text of a target's settings, as they are declared, a value of its own.
func filled(of reflect.Value, path string, values map[string]string) {
	value := func(path string) string {
		values[path] = fmt.Sprintf(`kanari "%s" & <ö> %d`, path, len(values))
		return values[path]
	}
	switch of.Kind() {
	case reflect.Pointer:
		of.Set(reflect.New(of.Type().Elem()))
		filled(of.Elem(), path, values)
	case reflect.Struct:
		for i := range of.NumField() {
			key, _, _ := strings.Cut(of.Type().Field(i).Tag.Get("json"), ",")
			filled(of.Field(i), strings.TrimPrefix(path+"."+key, "."), values)
		}
	case reflect.String:
		of.SetString(value(path))
	case reflect.Slice:
		of.Set(reflect.MakeSlice(of.Type(), 1, 1))
		filled(of.Index(0), path, values)
	case reflect.Map:
		of.Set(reflect.MakeMap(of.Type()))
		of.SetMapIndex(reflect.ValueOf("X-One"), reflect.ValueOf(value(path+".X-One")))
	}
}

// No secret of any setting is in the evidence, wherever a target repeats it; what is no secret stays readable.
func TestNoSecretOfAnySettingIsInTheEvidence(t *testing.T) {
	everywhere := map[string]string{}
	for _, api := range target.APIs() {
		maps.Copy(everywhere, noSecretIsInEvidenceOf(t, api))
	}
	g := NewWithT(t)
	for _, s := range target.Settings() {
		_, there := everywhere[s.Path]
		g.Expect(there || !s.Secret || s.Path == "headers" || s.Path == "node").To(BeTrue(), "%s was not filled", s.Path)
	}
}

// noSecretIsInEvidenceOf looks for each setting of a target of one API, and gives what they were.
func noSecretIsInEvidenceOf(t *testing.T, name string) (values map[string]string) {
	t.Helper()
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.Copy(w, r.Body)
	})
	j := job(s.URL)
	values = map[string]string{}
	filled(reflect.ValueOf(&j.Target).Elem(), "", values)
	if declared := target.Of(name).Own; declared != nil {
		own := reflect.New(reflect.TypeOf(declared)).Elem()
		filled(own, "", values)
		j.Target.Own = own.Interface()
	}
	j.Target.Name, j.Target.URL, j.Target.API = "lab", s.URL, name
	j.Target.Headers, j.Target.TLS = map[string]string{"X-One": "kanari-of-headers-9"}, nil
	if realm := j.Target.Realm(); realm != nil {
		realm.TLS = nil
	}
	values["headers.X-One"] = "kanari-of-headers-9"
	api := controlled(func(t *Caller) {
		for path, value := range values {
			t.Post(NewStep("repeats "+path), "/", JSON{"said": value})
		}
	})
	gathered := gatherWhole(api, j)[0]
	ev, err := Read(gathered.HAR)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Exchanges).To(HaveLen(len(values)))
	secrets, words := 0, 0
	for _, text := range j.Target.Texts() {
		if !strings.HasPrefix(text.Value, "kanari") {
			continue // the target's name and address
		}
		found := canary.NewFinder([]string{text.Value}).Find(gathered.HAR)
		if text.Secret {
			secrets++
			g.Expect(found).To(BeEmpty(), text.Path)
			g.Expect(gathered.Secrets.Leaks([]byte(text.Value))).To(Equal([]string{text.Path}))
		} else {
			words++
			g.Expect(found).NotTo(BeEmpty(), text.Path)
		}
	}
	g.Expect(secrets).To(BeNumerically(">=", 3))
	g.Expect(words).To(BeNumerically(">=", 12))
	return values
}

// A password may be a word of our own: evidence stays readable, and says that it was not looked for.
func TestAPasswordThatIsAWordOfOurOwn(t *testing.T) {
	for _, word := range []string{"response", "startedDateTime", "session-conformance"} {
		g := NewWithT(t)
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"said": "`+word+`"}`) })
		j := job(s.URL)
		j.Target.User.Password = word
		api := controlled(func(t *Caller) {
			t.Post(nil, "/", JSON{"login": t.User.Login, "password": t.User.Password}, Opens("user"))
		})
		gathered := gatherWhole(api, j)[0]
		ev, err := Read(gathered.HAR)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(ev.Target.Masked).To(BeEmpty())
		g.Expect(ev.Target.TooCommon).To(ContainElement("user.password"))
		g.Expect(string(ev.Exchanges[0].Request.Body)).NotTo(ContainSubstring(word), "at its place it is hidden all the same")
	}
}

// Evidence in which a secret cannot be masked is left out, and says so.
func TestEvidenceThatCannotBeMaskedIsLeftOut(t *testing.T) {
	g := NewWithT(t)
	r := newRecorder(context.Background(), &API{}, job("http://127.0.0.1:1"), nil, "test", nil)
	r.hider.Learn("user.password", `"version": "1.2"`) // which each file holds, across a key and its value
	har := encode(r.describe(), nil, nil, "v1")
	g.Expect(r.hider.Leaks(har)).NotTo(BeEmpty())
	ev, err := Read(r.guarded(har))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Target.LeftOut).To(BeTrue())
	g.Expect(ev.Target.Stopped).To(ContainSubstring("could not be masked"))
}
