#!/usr/bin/env bash
# Judges what the inputs of the action say, which it takes from variables. Its exit is that of the program.
set -euo pipefail
program=${PROGRAM:-$RUNNER_TEMP/conformance}
options=(${ACCEPTED:+"--against=$ACCEPTED"})
if [ -n "$TARGETS" ]; then
	if [ -n "$API$URL$LOGIN$WAIVERS_FILE" ]; then
		echo "Give targets, or api, url, login and waivers of one product: not both." >&2
		exit 2
	fi
	exec "$program" run --targets "$TARGETS" "${options[@]}"
fi
exec "$program" try --api "$API" --url "$URL" --login "$LOGIN" --password-env CONFORMANCE_PASSWORD \
	${WAIVERS_FILE:+"--waivers=$WAIVERS_FILE"} "${options[@]}"
