# Starts the command given after the folder $1, says its process id, and when
# standard input ends kills it and removes the folder; with the line "keep" the
# folder stays.
folder=$1
shift
trap '' PIPE
cd "$folder" || exit 1
"$@" >>server.log 2>&1 &
echo $!
read -r line
kill -KILL $!
wait $! 2>/dev/null
[ "$line" = keep ] || { cd / && rm -rf "$folder"; }
echo gone
