package main

// counts shows what is exact: how much is asked and judged of one target.
func (b *bench) counts(api string) error {
	run, err := b.programs.judge(serving{api: api, targets: 1, concurrency: 8})
	if err != nil {
		return err
	}
	target := run.results.Targets[0]
	clauses := map[string]bool{}
	for _, r := range target.Results {
		clauses[r.Clause] = true
	}
	r := row{title: api + ": what is asked and judged of a target", name: "Counts/api=" + api}
	r.add("requests", "requests/target", 0, float64(target.Requests))
	r.add("specs", "specs/target", 0, float64(len(target.Results)))
	r.add("clauses judged", "clauses/target", 0, float64(len(clauses)))
	b.done(r)
	return nil
}
