-- KEYS: for each source when it will have all its turns again, in microseconds
-- ARGV: now (0: by this clock), every, burst, source, how many sources are told apart
-- Answers how long until there is a turn; 0 when one was taken.
local now, every = tonumber(ARGV[1]), tonumber(ARGV[2])
if now == 0 then
	local t = redis.call('TIME')
	now = t[1] * 1000000 + t[2]
end
local whole = function(n) return string.format('%.0f', n) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(now))
local source = ARGV[4]
local even = redis.call('ZSCORE', KEYS[1], source)
if not even and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[5]) then
	source = 'others'
	even = redis.call('ZSCORE', KEYS[1], source)
end
even = math.max(tonumber(even or 0), now)
local wait = even - now - every * (ARGV[3] - 1)
if wait > 0 then
	return wait
end
redis.call('ZADD', KEYS[1], whole(even + every), source)
redis.call('PEXPIRE', KEYS[1], whole(every * ARGV[3] / 1000 + 1000))
return 0
