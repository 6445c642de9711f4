package lang

import (
	_ "embed"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

// entry is an English text with its Russian one; of a text that counts, with the three Russian forms: 1, 21; 2, 3, 4;
// 5, 11.
type entry struct {
	En   string `yaml:"en"`
	Ru   string `yaml:"ru"`
	One  string `yaml:"one"`
	Few  string `yaml:"few"`
	Many string `yaml:"many"`
}

//go:embed ru.yaml
var interfaceTexts []byte

var sources []func() (map[string]string, error)

// Add adds Russian texts by the English ones. They are read when a reader needs them; call it while the program starts.
func Add(texts func() (map[string]string, error)) { sources = append(sources, texts) }

// catalogue is all that is translated, by the English text.
var catalogue = sync.OnceValue(func() map[string]entry {
	all := map[string]entry{}
	parts, err := read(interfaceTexts)
	if err != nil {
		panic("ru.yaml cannot be read: " + err.Error())
	}
	for _, entries := range parts {
		for _, e := range entries {
			all[e.En] = e
		}
	}
	for _, texts := range sources {
		russian, _ := texts() // what is wrong with a catalogue of clauses, its suite says
		for english, text := range russian {
			all[english] = entry{En: english, Ru: text}
		}
	}
	return all
})

// read takes a catalogue apart: its texts by the name of the part.
func read(source []byte) (parts map[string][]entry, err error) {
	return parts, yaml.UnmarshalWithOptions(source, &parts, yaml.Strict())
}

// Words are the texts that the reader's language has, which stand in reports whatever they report.
func Words() (words []string) {
	if reader == English {
		return nil
	}
	for _, english := range slices.Sorted(maps.Keys(catalogue())) {
		e := catalogue()[english]
		words = append(words, e.Ru, e.One, e.Few, e.Many)
	}
	return words
}
