package report

import "errors"

// Withhold puts a failing report in the place of results that no reader would understand, or that were not written in
// full, so that nothing green stays. It gives all that went wrong, and whether that report holds: where it does not,
// all of the API's are removed.
func (d Dir) Withhold(r *Results, wrong []string) (all []string, held bool) {
	withheld := *r
	withheld.Problems, withheld.Lost = append([]string{"the results are withheld"}, wrong...), wrong
	withheld.Targets, withheld.Contradictions = []Target{}, nil
	err := errors.Join(d.ForgetTargets(r), d.Write(&withheld))
	again := d.ReadBack(&withheld)
	if err == nil && len(again) == 0 {
		return wrong, true
	}
	if err != nil {
		again = append(again, err.Error())
	}
	if err := d.Clear(r.API); err != nil {
		again = append(again, err.Error())
	}
	return append(wrong, again...), false
}
