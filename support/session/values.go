package session

import "encoding/json"

// The values of other types than text that no field of a login may have. Loose servers take them for queries, or for anything.
var (
	Operator  = Value{"a query operator", map[string]any{"$ne": nil}}
	Object    = Value{"an empty object", struct{}{}}
	EmptyList = Value{"an empty list", []any{}}
	Zero      = Value{"the number 0", json.Number("0")}
	True      = Value{"true", true}
)
