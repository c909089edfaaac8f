-- KEYS: talk, words, ends
-- ARGV: revision, draft, last event, end, milliseconds the words live, words,
--       conversation, whether this is the first event of the draft
-- Answers nothing when the revision is kept, else what is there.
local talk = redis.call('HMGET', KEYS[1], 'revision', 'draft', 'ends', 'event')
if talk[1] == ARGV[1] and talk[2] == ARGV[2] and talk[4] == ARGV[3] then
	return {} -- it was kept, and the answer was lost
end
local follows = tonumber(talk[1] or 0) + 1 == tonumber(ARGV[1])
if not follows or (talk[1] and talk[2] ~= ARGV[2] and ARGV[8] == '0') then
	return {talk[1], talk[2], talk[3], redis.call('GET', KEYS[2])}
end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'draft', ARGV[2], 'event', ARGV[3], 'ends', ARGV[4])
redis.call('SET', KEYS[2], ARGV[6], 'PX', ARGV[5])
if not talk[3] or tonumber(ARGV[4]) < tonumber(talk[3]) then
	redis.call('ZADD', KEYS[3], ARGV[4], ARGV[7]) -- a later end is looked for when this one is over
end
return {}
