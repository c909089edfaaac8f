package content

// RestingOn returns the records whose source is the document, by type and in
// the order of their lists: what would have to change with it.
func (s *Snapshot) RestingOn(policy ID) []Record {
	var found []Record
	for _, t := range []Type{TypeTarget, TypeKeyDate, TypeRule, TypeAid, TypeContact, TypeDuty, TypeFAQ, TypeTerm, TypeSheet, TypeClarification} {
		for _, r := range s.byType[t] {
			if r.Head().Source.Policy == policy {
				found = append(found, r)
			}
		}
	}
	return found
}
