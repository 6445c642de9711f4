package main

// start measures a run of the built suite against one embedded target, from its start to its reports.
func (b *bench) start(api string) error {
	file, err := b.programs.embedded(api)
	if err != nil {
		return err
	}
	r := row{title: api + ": one embedded target, the suite already built", name: "Embedded/api=" + api}
	err = b.repeat(func() error {
		run, err := b.programs.suiteRun(api, []string{"TARGETS_FILE=" + file})
		if err != nil {
			return err
		}
		r.add("run, wall", "ns/op", 80e6, float64(run.Wall))
		r.add("run, CPU", "cpu-ns/op", 0, float64(run.CPU))
		r.add("run, most memory", "B/run", 0, float64(run.RSS))
		return nil
	})
	if err == nil {
		b.done(r)
	}
	return err
}
