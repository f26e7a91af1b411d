#!/bin/sh
# Makes the six drafts of this folder again.
set -eu
cd "$(dirname "$0")"
khue=${KHUE:-khue}
library=../../content/library
draft() { "$khue" guidance "$2" --lang "$3" --date 2026-11-28 --as txt > "$1.txt"; }
draft grade-2 "$library/vi/toan-2-phep-cong-co-nho-trong-pham-vi-100.md" vi
draft grade-5 "$library/vi/khoa-hoc-5-mach-dien-don-gian.md" vi
draft grade-8 "$library/en/maths-8-linear-functions.md" en
draft grade-11 "$library/vi/vat-li-11-do-suat-dien-dong-pin.md" vi
draft university "$library/vi/dai-hoc-hoi-quy-tuyen-tinh-don.md" en
draft lifelong link-only.jsonl fr
