package target

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Waivers are a judge's, for evidence that others gathered.
type Waivers []TargetWaiver

// TargetWaiver is a waiver of one target, or of all where it names none.
type TargetWaiver struct {
	Target string `yaml:"target"`
	Waiver `yaml:",inline"`
}

// ReadWaivers reads the waivers of a judge: a file with a list `waivers`, each with `clause`, `reason`, `until` and,
// where it is not for all, its `target`; or a targets.yaml, of which nothing but the waivers is read.
func ReadWaivers(path string) (Waivers, error) {
	text, err := ReadRegular(path, sizeLimit)
	if err != nil {
		return nil, err
	}
	if err := checkCharacters(path, string(text)); err != nil {
		return nil, err
	}
	var file struct {
		Waivers []TargetWaiver `yaml:"waivers"`
		Targets []struct {
			Name    string   `yaml:"name"`
			Waivers []Waiver `yaml:"waivers"`
		} `yaml:"targets"`
	}
	if line := Unsettled(string(text)); line > 0 {
		return nil, fmt.Errorf("%s:%d: %s", path, line, UnsettledSays)
	}
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadableWaivers(path, err)
	}
	list := Waivers(file.Waivers)
	for _, t := range file.Targets {
		for _, w := range t.Waivers {
			list = append(list, TargetWaiver{t.Name, w})
		}
	}
	if file.Waivers == nil && file.Targets == nil {
		return nil, fmt.Errorf("%s: it has no list `waivers`, nor `targets` with waivers", path)
	}
	var keys struct{ Waivers []map[string]any }
	_ = yaml.Unmarshal(text, &keys) // it was just decoded
	for i, w := range list {
		what := ""
		if i < len(keys.Waivers) {
			what = badKey(keys.Waivers[i], w)
		}
		switch {
		case what != "":
		case slices.ContainsFunc(list[:i], w.speaksOf):
			what = "stands twice; remove one"
		case w.Clause == "":
			what = "has no `clause`"
		case w.Reason == "":
			what = "has no `reason`"
		case badDate(w.Until) != "":
			what = "`until` " + badDate(w.Until)
		}
		if what != "" {
			return nil, fmt.Errorf("%s: waiver %d, of %q: %s", path, i+1, w.Clause, what)
		}
	}
	return list, nil
}

// badKey says what is wrong with the keys of a waiver; empty: nothing. A misspelt one, or a target without a name,
// would make it a waiver for all.
func badKey(keys map[string]any, w TargetWaiver) string {
	known := []string{"target", "clause", "reason", "until"}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !slices.Contains(known, key) {
			return fmt.Sprintf("has an unknown key %q%s", key, Suggest(key, known))
		}
	}
	if _, named := keys["target"]; named && w.Target == "" {
		return "has an empty `target`; name one, or leave the key out for a waiver of all"
	}
	return ""
}

// speaksOf says whether another waiver is of the same clause and the same target, or of all as this one is.
func (w TargetWaiver) speaksOf(other TargetWaiver) bool {
	return w.Target == other.Target && w.Clause == other.Clause
}

// unreadableWaivers says where the file cannot be read. The reader's own words would show its lines, and a targets.yaml
// holds secrets.
func unreadableWaivers(path string, err error) error {
	at, what := place{}, "this does not belong in a list of waivers; write `waivers:`, and below it - {clause: …, reason: …, "+
		"until: 2027-01-31} for each"
	var syntax *yaml.SyntaxError
	var mistyped yaml.Error
	if errors.As(err, &syntax) {
		at, what = placeOf(syntax.Token), sentence(syntax.Message)
	} else if errors.As(err, &mistyped) {
		at = placeOf(mistyped.GetToken())
	}
	return fmt.Errorf("%s:%d:%d: %s", path, at.line, at.column, what)
}

// Of are the waivers of an API's target. One that names no target may speak of a clause of another API, and gives way
// to one of the same clause that names this target.
func (list Waivers) Of(api, name string) []Waiver {
	others := slices.DeleteFunc(APIs(), func(other string) bool { return other == api })
	var of []Waiver
	for _, w := range list {
		ofAnother := slices.ContainsFunc(others, func(other string) bool { return strings.HasPrefix(w.Clause, other+"-") })
		named := slices.ContainsFunc(list, TargetWaiver{name, w.Waiver}.speaksOf)
		if w.Target == name || w.Target == "" && !ofAnother && !named {
			of = append(of, w.Waiver)
		}
	}
	return of
}
