-- KEYS: talk, words, ends. Answers revision, draft, end and words.
local talk = redis.call('HMGET', KEYS[1], 'revision', 'draft', 'ends')
return {talk[1], talk[2], talk[3], redis.call('GET', KEYS[2])}
