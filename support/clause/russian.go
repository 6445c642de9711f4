package clause

import "maps"

// Russian are the Russian texts by the English ones.
func (c *Catalogue) Russian() map[string]string {
	all := maps.Clone(c.Ru)
	if all == nil {
		all = map[string]string{}
	}
	for _, k := range c.Clauses {
		for english, russian := range k.InRussian() {
			if russian != "" {
				all[english] = russian
			}
		}
	}
	return all
}

// InRussian are the texts of a clause with the Russian ones beside them; these are empty where they are left out.
func (k Clause) InRussian() map[string]string {
	return map[string]string{k.Says: k.Ru.Says, k.Note: k.Ru.Note, k.Contradiction: k.Ru.Contradiction,
		k.Unjudged: k.Ru.Unjudged}
}
