# The target filter of scripts/fuzz: filters of every term, and times and names.
# shellcheck shell=bash

modules JSON AuditTrail
program FilterFuzz Tests/Fuzz/FilterFuzz.swift

seed 'table:orders actor:alice,bob since:-24h n>=2'
seed '(status:pending->paid or *->null) and not verb:i,d | !actor:none & /a\\/b/'
seed 'row:orders:42 row:"a b"."c":x=1,y=2 old.total>500 new."p q".theme=dark any.x~"^a b$" col:a.b.0'
seed 'client:10.0.0.0/8,fe80::/10,none at:2026-10-09T17 until:"yesterday 9:30" tx:1,2 xid<=9 id!=7 "a\\"b" 1e400'
seed '2026-10-09T17:31:02.114331+02:00'
seed '-1000000w'
seed '9999-12'
seed '"sales"."or""ders"'
words 'table' 'actor' 'verb' 'tx' 'xid' 'client' 'n' 'row' 'col' 'at' 'since' 'until' 'id' 'old.' 'new.' 'any.' '->' '!=' '<=' \
    '>=' '!~' ' or ' ' and ' 'not ' 'null' 'none' '\x22' '\x5c' 'yesterday' '::' '/' '\xcc\x81' '9999-12-31'
