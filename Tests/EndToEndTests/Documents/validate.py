"""validate.py SCHEMA FILE...: checks documents against a JSON Schema, and that the schema names all their members."""

import json
import sys

from jsonschema import Draft202012Validator


def closed(schema):
    """The schema with no members allowed but those that it names: one that nobody has described is a mistake here."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: closed(part) for name, part in schema.items()}
    if "required" in schema and "properties" in schema:
        result["additionalProperties"] = False
    return result


with open(sys.argv[1]) as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(closed(schema))
for path in sys.argv[2:]:
    with open(path) as file:
        for error in validator.iter_errors(json.load(file)):
            print(f"{path}: {error.json_path}: {error.message}")
