-- KEYS: -, -, ends. ARGV: before, how many, how the keys of talks begin
-- Answers conversation, revision and draft of each that ended before. What went
-- on meanwhile is noted under its end; of that much is done at a time.
local out, n = {}, 0
for _ = 1, 1000 do
	local conv = n < tonumber(ARGV[2]) and redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[1], 'LIMIT', n, 1)[1]
	if not conv then
		break
	end
	local talk = redis.call('HMGET', ARGV[3] .. conv, 'revision', 'draft', 'ends')
	if not talk[1] then
		redis.call('ZREM', KEYS[3], conv)
	elseif tonumber(talk[3]) >= tonumber(ARGV[1]) then
		redis.call('ZADD', KEYS[3], talk[3], conv)
	else
		n = n + 1
		out[#out + 1], out[#out + 2], out[#out + 3] = conv, talk[1], talk[2]
	end
end
return out
