-- KEYS and ARGV are those of take.lua. Gives a turn back.
local source = ARGV[4]
local even = redis.call('ZSCORE', KEYS[1], source)
if not even and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[5]) then
	source = 'others'
	even = redis.call('ZSCORE', KEYS[1], source)
end
if even then
	redis.call('ZADD', KEYS[1], string.format('%.0f', even - ARGV[2]), source)
end
return 0
