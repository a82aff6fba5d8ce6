# The target rows of scripts/fuzz: the rows of results as libpq holds them, and the answers made of them.
# shellcheck shell=bash

. Tests/Fuzz/questions.sh
objects+=(-lpq)
program RowsFuzz Tests/Fuzz/RowsFuzz.swift

# The question, then results, rows and values, each with what separates it; a NUL alone is SQL null.
activity='7\x1fpublic\x1forders\x1f16384\x1f1791567062114331\x1f801\x1fupdate\x1f{"id": 1, "n": 1e400}\x1f{"n": [1, null]}\x1f3\x1ft\x1f{"key": ["id"]}'
for question in 0 1 2 3 4 5 6 7 8 9 A B C D E F; do
    seed "$question$activity\x1e$activity\x1d$activity\x1d\x00\x1d1\x1f\x00"
    seed "${question}1\x1f2\x1f3\x1f4\x1f5\x1f6\x1f7\x1f8\x1f9\x1f10\x1f11\x1f12\x1d{\"a\": 1}\x1f[1, 2]\x1ft\x1ff\x1f1.5"
    seed "${question}\x00\x1f\x00\x1dx\x1f100:200:100,150\x1d1791567062114331\x1f9223372036854775807\x1f[9223372036854775807, 1]"
done
words '\x1d' '\x1e' '\x1f' '\x00' 't' 'f' '9223372036854775807' '-9223372036854775808' 'infinity' '-infinity' '{}' '[]' 'null' '[[1, 2], [3, 4]]' \
    'insert' 'update' 'delete' 'truncate' '{"old": {}, "new": null}' '100:200:100' '0' '-1' '1e400' '\xff' '\xcc\x81'
