# The target keys of scripts/fuzz: what terminals send for keys, the mouse, what is pasted and what they are asked.
# shellcheck shell=bash

modules Screen
program KeysFuzz Tests/Fuzz/KeysFuzz.swift Sources/Terminal/{KeyDecoder,UTF8Assembler}.swift

seed 'jkG\x04\x15\x1b\x1bx\x1b[A\x1bOP\x1b[1;5C\x1b[15~'
seed '\x1b[200~pasted \xc3\xa4\x1b[201\x1b[201~q'
seed '\x1b[<0;10;20M\x1b[<64;1;1M\x1b[<0;10;20m\x1b[M !!\x1b[I\x1b[O'
seed '\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\q\x1b]11;x\x07'
seed '\xff\xe6\x97\xa5\xe6\x97q\xf0\x9f\x98\x80\xc0\xaf'
seed '<C-d>'
seed 'Alt-Space'
words '\x1b[' '\x1bO' '\x1b]' '\x1b[200~' '\x1b[201~' '\x1b[<' '\x1b[M' '\x07' '\x1b\x5c' 'Ctrl-' 'C-' 'M-' 'F12' 'PgDn' '\xff' ';' \
    '9223372036854775807'
