"""The JSON door: the same actions, permissions and refusals as the pages, for other programs (docs/operators/api.md).

A view names its operation, takes a checked body or query and gives a schema; the document at /api/openapi.json is made
from just that, so it cannot say anything else than what happens.
"""
