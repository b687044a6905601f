#!/usr/bin/env bash
# Takes the pictures of docs/screens.md: every page of the program after its demo, by the walk that also checks them. About eight minutes.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p docs/screens
export QUANTDASH_SCREENSHOTS="$PWD/docs/screens" QUANTDASH_LOOKS="${QUANTDASH_LOOKS:-desk-dark-en,phone-light-zh-CN}"
rm -f docs/screens/*.jpg
./test.sh "FullyQualifiedName~ScreenshotWalk.EveryPage_OfTheRealApp"
{
  echo "# Every page"
  echo
  echo "The program after its demo, at 1,440 pixels and on a phone. Taken by \`./screenshots.sh\`."
  for picture in docs/screens/*-desk-dark-en.jpg; do
    name="$(basename "$picture" -desk-dark-en.jpg)"
    printf '\n## %s\n\n![%s](screens/%s-desk-dark-en.jpg)\n\n<img src="screens/%s-phone-light-zh-CN.jpg" alt="%s on a phone" width="260">\n' "$name" "$name" "$name" "$name" "$name"
  done
} > docs/screens.md
