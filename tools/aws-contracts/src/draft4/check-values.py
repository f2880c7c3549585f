"""Reads {"schema": ..., "values": [...]} and answers for each value whether it is valid in JSON Schema draft 4."""

import json
import sys

from jsonschema import Draft4Validator

task = json.load(sys.stdin)
Draft4Validator.check_schema(task["schema"])
validator = Draft4Validator(task["schema"])
json.dump([validator.is_valid(value) for value in task["values"]], sys.stdout)
