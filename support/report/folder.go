package report

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"session-conformance/support/target"
)

// Dir is the folder that reports are written to.
type Dir struct{ Path string }

// FolderOf is the folder for the reports of a run: $REPORTS_DIR; without it reports/, or below that filtered/ and
// judged/, so that a part, or evidence of another run, does not take the place of a run's own reports.
func FolderOf(judged, filtered bool) (Dir, error) {
	folder, err := Folder()
	if os.Getenv("REPORTS_DIR") != "" {
		return folder, err
	}
	if judged {
		folder.Path = filepath.Join(folder.Path, "judged")
	}
	if filtered {
		folder = folder.OfFilter()
	}
	return folder, err
}

// OfFilter is the folder within this one for the reports of a part; this one where it is for them already.
func (d Dir) OfFilter() Dir {
	const name = "filtered"
	if filepath.Base(d.Path) == name {
		return d
	}
	return Dir{filepath.Join(d.Path, name)}
}

// Folder is $REPORTS_DIR, or reports/ at the root of the sources, or outside of them in the working folder.
func Folder() (Dir, error) {
	given := os.Getenv("REPORTS_DIR")
	if given == "" {
		given = "reports"
	}
	path, err := target.FromRoot(given)
	return Dir{path}, err
}

// Clear removes what an earlier run left of the API: its JUnit, its JSON, the evidence of the targets named in that,
// and what shows the results of all APIs. So a run that ends without reports leaves no green one.
func (d Dir) Clear(api string) error { return d.clear(api, true) }

// ClearJudged is Clear for a judgement of the evidence that lies in the folder: that stays.
func (d Dir) ClearJudged(api string) error { return d.clear(api, false) }

// Holds says whether the evidence that a folder names lies within this one: in it, or in its own folder for evidence.
func (d Dir) Holds(evidence string) bool {
	named, err := target.FromRoot(evidence)
	if err != nil {
		return true // so nothing of it is removed
	}
	of, err := os.Stat(named)
	for _, path := range []string{d.Path, filepath.Join(d.Path, "evidence")} {
		if own, missing := os.Stat(path); err != nil || missing == nil && os.SameFile(of, own) {
			return true
		}
	}
	return false
}

func (d Dir) clear(api string, evidence bool) error {
	paths := append(d.JUnits(api), d.json(api), d.summary(), d.page(), d.csv(), d.quality(), d.appendix(api))
	if earlier, err := d.Read(api); err == nil {
		for _, t := range earlier.Targets {
			if filepath.Base(t.Name) == t.Name {
				paths = append(paths, d.ofTarget(t.Name)...)
				if evidence {
					paths = append(paths, d.Evidence(t.Name))
				}
			}
		}
	}
	if err := remove(paths); err != nil {
		return fmt.Errorf("an earlier run's report cannot be removed: %w", err)
	}
	return nil
}

// Write writes the results' JUnit and JSON, and refreshes what shows all results that lie in the folder.
func (d Dir) Write(r *Results) error {
	var reports errgroup.Group
	if len(r.Targets) > writtenSideBySide {
		reports.SetLimit(1)
	}
	reports.Go(func() error { return write(d.json(r.API), r.encode) })
	reports.Go(func() error { return d.writeJUnit(r) })
	reports.Go(func() error { return d.show(d.all(r)) })
	reports.Go(func() error { return d.writeTargets(r) })
	return reports.Wait()
}

// writtenSideBySide is up to how many targets the reports are made side by side: those of many are as large as the
// results.
const writtenSideBySide = 20

// Refresh writes summary.md and index.html anew, from the results that lie in the folder.
func (d Dir) Refresh() error { return d.show(d.all(nil)) }

// WritePages writes all that people read anew: the pages of the runs and their targets, and summary.md.
func (d Dir) WritePages(runs []*Results) error {
	for _, r := range runs {
		if err := d.writeTargets(r); err != nil {
			return err
		}
	}
	return d.show(runs)
}

func (d Dir) show(all []*Results) error {
	if err := write(d.summary(), entire([]byte(Summary(all)))); err != nil {
		return err
	}
	if err := write(d.csv(), func(to io.Writer) error { return writeCSV(to, all) }); err != nil {
		return err
	}
	return write(d.page(), func(to io.Writer) error { return writePage(to, "index.html", viewOf(all)) })
}

// WriteEvidence writes a target's HAR file.
func (d Dir) WriteEvidence(name string, har []byte) error {
	return write(d.Evidence(name), entire(har))
}

// CopyEvidence copies the HAR file at a path into the folder, as that of a target.
func (d Dir) CopyEvidence(name, path string) error {
	har, err := ReadEvidence(path)
	if err != nil {
		return err
	}
	return d.WriteEvidence(name, har)
}

// evidenceLimit bounds a HAR file, in bytes: what a target may send, with each byte written as an escape.
const evidenceLimit = 64 << 20

// ReadEvidence reads the HAR file at a path, unless it is larger than any that a run writes.
func ReadEvidence(path string) ([]byte, error) { return target.ReadRegular(path, evidenceLimit) }

// Rewrite replaces a file of the folder.
func (d Dir) Rewrite(path string, text []byte) error { return write(path, entire(text)) }

// All are the results of all APIs that lie in the folder, in the order of the APIs.
func (d Dir) All() []*Results { return d.all(nil) }

// all is All, with results that need not be read as they were just written; nil: none are.
func (d Dir) all(written *Results) []*Results {
	var all []*Results
	for _, api := range target.APIs() {
		if written != nil && written.API == api {
			all = append(all, written)
		} else if r, err := d.Read(api); err == nil {
			all = append(all, r)
		}
	}
	return all
}

// Evidence is the path of a target's HAR file.
func (d Dir) Evidence(name string) string { return filepath.Join(d.Path, "evidence", name+".har") }

// Files are the reports that hold an API's results, as far as they are there.
func (d Dir) Files(api string) []string {
	var there []string
	paths := append(d.JUnits(api), d.json(api), d.summary(), d.page(), d.csv())
	if r, err := d.Read(api); err == nil {
		for _, t := range r.Targets {
			paths = append(paths, d.ofTarget(t.Name)...)
		}
	}
	for _, path := range paths {
		if _, err := os.Stat(path); err == nil {
			there = append(there, path)
		}
	}
	return there
}

func (d Dir) json(api string) string { return filepath.Join(d.Path, api+".json") }
func (d Dir) summary() string        { return filepath.Join(d.Path, "summary.md") }
func (d Dir) page() string           { return filepath.Join(d.Path, "index.html") }
func (d Dir) quality() string        { return filepath.Join(d.Path, "gl-code-quality.json") }
func (d Dir) csv() string            { return filepath.Join(d.Path, "specs.csv") }

// appendix is the catalogue of an API's clauses as a page.
func (d Dir) appendix(api string) string { return filepath.Join(d.Path, "clauses", api+".html") }

func (d Dir) target(name string) string { return filepath.Join(d.Path, "targets", name+".html") }
func (d Dir) certificate(name string) string {
	return filepath.Join(d.Path, "certificate", name+".html")
}

// entire is a content that is there already.
func entire(text []byte) func(io.Writer) error {
	return func(to io.Writer) error {
		_, err := to.Write(text)
		return err
	}
}

// write replaces a file as a whole, so that no reader sees half of it. Evidence is for its owner's eyes.
func write(path string, content func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("the folder for reports cannot be made: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".writing-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	buffered := bufio.NewWriterSize(temporary, 64<<10)
	if err = content(buffered); err == nil {
		err = buffered.Flush()
	}
	if closing := temporary.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}
