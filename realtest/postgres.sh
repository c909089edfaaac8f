# Starts PostgreSQL (programs in $1) in the folder $2, says "ready", and stops
# it when standard input ends. Nothing here survives a power cut, which is why
# it is fast.
bin=$1 folder=$2
trap '' PIPE
cd "$folder" || exit 1
{
	"$bin/initdb" -D data -U postgres -A trust -E UTF8 --no-locale --no-sync &&
	cat >>data/postgresql.conf <<-END &&
		listen_addresses = ''
		unix_socket_directories = '$folder'
		fsync = off
		full_page_writes = off
		synchronous_commit = off
		shared_buffers = 32MB
		max_connections = 200
	END
	"$bin/pg_ctl" -D data -w -t 60 -l server.log start
} >start.log 2>&1 || {
	cat start.log server.log
	cd / && rm -rf "$folder"
	exit 1
}
echo ready
read -r _
"$bin/pg_ctl" -D data -m immediate stop >/dev/null 2>&1
cd / && rm -rf "$folder"
