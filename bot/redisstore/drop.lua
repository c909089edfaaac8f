-- KEYS: talk, words, ends. ARGV: revision, conversation
-- Answers nothing, or the other revision that is there.
local revision = redis.call('HGET', KEYS[1], 'revision')
if revision and revision ~= ARGV[1] then
	return {revision}
end
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('ZREM', KEYS[3], ARGV[2])
return {}
