-- KEYS: talk, words, ends. ARGV: revision, conversation, key of what is to be
--       rewritten, empty where nothing is
-- Answers nothing, or the other revision that is there.
local revision = redis.call('HGET', KEYS[1], 'revision')
if revision and revision ~= ARGV[1] then
	return {revision}
end
if redis.call('DEL', KEYS[1], KEYS[2]) > 0 and ARGV[3] ~= '' then
	redis.call('SET', ARGV[3], 1)
end
redis.call('ZREM', KEYS[3], ARGV[2])
return {}
