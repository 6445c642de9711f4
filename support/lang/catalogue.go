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

var sources = [][]byte{interfaceTexts}

// Add adds a catalogue of Russian texts: parts by name, each a list of texts. It is read when a reader needs it; call
// it while the program starts.
func Add(catalogue []byte) {
	if len(catalogue) > 0 {
		sources = append(sources, catalogue)
	}
}

// catalogue is all that is translated, by the English text.
var catalogue = sync.OnceValue(func() map[string]entry {
	all := map[string]entry{}
	for _, source := range sources {
		parts, err := read(source)
		if err != nil {
			panic("a catalogue of Russian texts cannot be read: " + err.Error())
		}
		for _, entries := range parts {
			for _, e := range entries {
				all[e.En] = e
			}
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
