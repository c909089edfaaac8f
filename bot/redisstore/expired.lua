-- KEYS: -, -, ends. ARGV: before, how many, how the keys of talks begin
-- Answers conversation, revision and draft of each that ended before.
local out = {}
for _, conv in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])) do
	local talk = redis.call('HMGET', ARGV[3] .. conv, 'revision', 'draft')
	if talk[1] then
		out[#out + 1], out[#out + 2], out[#out + 3] = conv, talk[1], talk[2]
	else
		redis.call('ZREM', KEYS[3], conv)
	end
end
return out
