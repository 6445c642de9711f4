package target

import (
	"bytes"
	"errors"
	"fmt"
	"io"

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
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", path, err)
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
	for i, w := range list {
		what := ""
		switch {
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

// Of are the waivers of a target.
func (list Waivers) Of(name string) []Waiver {
	var of []Waiver
	for _, w := range list {
		if w.Target == "" || w.Target == name {
			of = append(of, w.Waiver)
		}
	}
	return of
}
