package content

import (
	"maps"
	"reflect"
	"slices"
)

// ReadQuickly and ReadByJSON are the two ways to read a list of records.
func ReadQuickly(t Type, list []byte) ([]Record, bool) { return quickly(formOf[t], list) }

func ReadByJSON(t Type, list []byte) ([]Record, error) { return byJSON(formOf[t], list) }

// Types are all that can be published.
func Types() []Type { return slices.Collect(maps.Keys(formOf)) }

// NewRecord returns an empty record of that type.
func NewRecord(t Type) Record { return reflect.New(formOf[t]).Interface().(Record) }
