package meili

// Settings are our settings, for the tests from outside.
var Settings = string(settings)
