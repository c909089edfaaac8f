package store

const (
	childFolder = "STORE_TEST_FOLDER"
	childURL    = "STORE_TEST_URL"
)

func appendForEver() error { return nil }
