package meili

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/meilisearch/meilisearch-go"
)

// keys are the keys in use and their clients.
type keys struct {
	// made is true where both were made from the given key.
	made          bool
	search, build string
	asking        meilisearch.ServiceManager
	building      meilisearch.ServiceManager
}

// What each key may do. The searching one sees the index that answers alone.
var (
	mayAsk   = []string{"search"}
	mayBuild = []string{
		"documents.add", "documents.get", "indexes.create", "indexes.get", "indexes.delete", "indexes.swap",
		"settings.get", "settings.update", "tasks.get", "stats.get",
	}
)

// enter returns the keys. With a key that may make keys, the two of ours are
// looked up, or made; any other key is used as it is, and must be able to do
// all of the above.
func (x *Index) enter(ctx context.Context) (*keys, error) {
	if k := x.keys.Load(); k != nil {
		return k, nil
	}
	x.doors.Lock()
	defer x.doors.Unlock()
	if k := x.keys.Load(); k != nil {
		return k, nil
	}
	k := &keys{search: x.config.Key, build: x.config.Key}
	master := x.client(x.config.Key)
	asking, err := key(ctx, master, x.config.Prefix+": searches", mayAsk, x.live)
	switch {
	case err == nil:
		k.made, k.search = true, asking
		if k.build, err = key(ctx, master, x.config.Prefix+": builds", mayBuild, x.live, x.spare); err != nil {
			return nil, err
		}
	case !refused(err, "invalid_api_key", "missing_authorization_header", "missing_master_key"):
		return nil, err
	}
	k.asking, k.building = x.client(k.search), x.client(k.build)
	x.keys.Store(k)
	return k, nil
}

// left forgets the keys where the server does not know them any more, and
// reports whether they were made by us and can be made again. One that was used
// as it is may be the right one later, which is seen then.
func (x *Index) left(k *keys, err error) bool {
	if !refused(err, "invalid_api_key") {
		return false
	}
	x.keys.CompareAndSwap(k, nil)
	return k.made
}

// key returns the key of that name, actions and indexes, and makes it where
// there is none. Its id follows from them, so that all instances have the same
// one, and a server that lost it makes the same one again.
func key(ctx context.Context, master meilisearch.ServiceManager, name string, actions []string, indexes ...string) (string, error) {
	sum := sha256.Sum256([]byte(name + "\n" + strings.Join(actions, " ") + "\n" + strings.Join(indexes, " ")))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80 // a UUID of version 4
	h := hex.EncodeToString(sum[:16])
	uid := h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
	found, err := master.GetKeyWithContext(ctx, uid)
	if err = plain(err); refused(err, "api_key_not_found") {
		found, err = master.CreateKeyWithContext(ctx, &meilisearch.Key{UID: uid, Name: name, Actions: actions, Indexes: indexes})
		if err = plain(err); refused(err, "api_key_already_exists") { // another instance was faster
			found, err = master.GetKeyWithContext(ctx, uid)
			err = plain(err)
		}
	}
	if err != nil {
		return "", err
	}
	if found.Key == "" {
		return "", &refusal{http.StatusOK, "no_key"}
	}
	return found.Key, nil
}
