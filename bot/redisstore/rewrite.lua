-- ARGV: key of what is to be rewritten, key of when it was, milliseconds between
-- Answers whether the append-only file is to be rewritten now.
if redis.call('EXISTS', ARGV[1]) == 1 and redis.call('SET', ARGV[2], 1, 'NX', 'PX', ARGV[3]) then
	redis.call('DEL', ARGV[1])
	return 1
end
return 0
