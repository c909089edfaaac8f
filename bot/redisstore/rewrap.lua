-- KEYS: talk, words, ends. ARGV: words, other words, key of what is to be rewritten
-- Answers whether the words were still there and were replaced.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
	return {0}
end
redis.call('SET', KEYS[2], ARGV[2], 'KEEPTTL')
redis.call('SET', ARGV[3], 1)
return {1}
