"""What people may ask of whoever keeps data about them, and how long that is kept at all.

Belongs here: erasure with its tombstones, proof and scan; access packages; retention.
Does not belong here: the register of requests (staging), identity, loading.

| module | holds |
|---|---|
| `erase`, `intent`, `jobs` | the order of the steps; what was begun; Dagster |
| `request`, `identifier`, `footprint`, `values` | who is meant; what tells of them, and how |
| `lens`, `judge`, `purge`, `mention`, `raw` | whose a raw row is; which go; how; values elsewhere |
| `tombstone`, `store`, `screen` | keyed digests; their file; what loads leave out |
| `forget`, `held`, `scrub`, `compact` | ops and deliveries; identity of others; logs; free blocks |
| `needles`, `search`, `scan`, `proof`, `tables` | forms of a value; finding them; what is proved |
| `access`, `retention` | packages; periods |
"""
