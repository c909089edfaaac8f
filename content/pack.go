package content

import (
	"embed"
	"io/fs"
)

//go:embed all:pack
var files embed.FS

// Bundled returns the content pack that the program carries.
func Bundled() fs.FS {
	pack, err := fs.Sub(files, "pack")
	if err != nil {
		panic(err) // the folder is embedded two lines above
	}
	return pack
}
