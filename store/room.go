package store

import "yangguang/complaint/evidence"

// spare is how much of its disk files leave free: words are filed for as long
// as there is room for them, however many files are sent and never filed.
const spare = 512 << 20

// roomForFiles returns a *evidence.Refused where the disk of the database is
// nearly full. What the disk of a server has left is not known here.
func (db *DB) roomForFiles() error {
	if db.folder == "" {
		return nil
	}
	if free, known := freeBytes(db.folder); known && free < db.spare {
		return &evidence.Refused{Why: evidence.NoRoom}
	}
	return nil
}
