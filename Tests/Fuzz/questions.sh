# The modules from the server to the answers, for targets that need them.
# shellcheck shell=bash

say "writing the embedded SQL"
swift build --product audit-tui "${strict[@]}" >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 1
}
printf 'module CPostgres { header "%s/Sources/CPostgres/include/CPostgres.h" export * }\n' "$project" >"$folder/module.modulemap"
compile+=(-I Sources/CLibpq -Xcc "-I$(pg_config --includedir)")
for file in cancel connect threads; do
    clang -g -D_GNU_SOURCE -fsanitize=address -I "$(pg_config --includedir)" -I Sources/CPostgres/include -c "Sources/CPostgres/$file.c" -o "$folder/$file.o"
    objects+=("$folder/$file.o")
done
embedded() { echo .build/plugins/outputs/*/"$1"/destination/EmbedFiles; }
# shellcheck disable=SC2046
module Postgres $(sources Sources/Postgres $(embedded Postgres)) Tests/Fuzz/MadeResult.swift
modules JSON AuditTrail
# shellcheck disable=SC2046
module AuditQuery $(sources Sources/AuditQuery $(embedded AuditQuery))
