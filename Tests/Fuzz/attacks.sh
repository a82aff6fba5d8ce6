# The target attacks of scripts/fuzz: what is quoted, and the SQL that is made of it.
# shellcheck shell=bash

. Tests/Fuzz/questions.sh
objects+=(-lpq)
program AttacksFuzz Tests/Fuzz/SQLLexer.swift Tests/Fuzz/AttacksFuzz.swift

# Texts, each with what separates it.
seed 'orders\x1fname'
seed '\xe0\xb5\x8e$revert$; drop table x; --\x1f$body'
seed '$body$\x1f$body\x1f$$\x1f$\x1f$body_$'
seed ':"a"\x1f:'"'"'b'"'"'\x1f:c\x1f::text'
seed 'a\x27b\x5c\x1fa\x22b\x1f\xcc\x81\x27'
seed 'line\nfeed\x1f\xe2\x80\xa8\x1f*/ x /*'
words '$body$' '$revert$' '$body' '$$' '$' '\x27' '\x22' '\x5c' '\xe0\xb5\x8e' '\xcc\x81' '\xd8\x80' '\xe2\x80\x8d' ':a' ':\x22a\x22' ':\x27b\x27' \
    '--' '/*' '*/' '\x0a' '\x0d' '\x1f' 'E\x27' 'U&\x22' '\x00' '_' '\xe2\x80\xa8'
