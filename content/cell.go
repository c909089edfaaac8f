package content

import (
	"reflect"
	"strings"
)

// Printed returns a field of a record, by its JSON name, as a table shows it;
// of a published number the figure too. A record without such a field has
// nothing to show.
func Printed(r Record, field string) (text string, n *Figure) {
	v := reflect.ValueOf(r).Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.Anonymous || name != field {
			continue
		}
		if figure, ok := reflect.TypeAssert[Figure](v.Field(i)); ok {
			return figure.String(), &figure
		}
		return spell(v.Field(i)), nil
	}
	return "", nil
}
