-- Activities that are no longer offered, and those that were merged into another one: one row changes, however many
-- moods name it. Both may be missing, so what was stored before keeps its hash.

alter table activities add column archived integer;
alter table activities add column merged_into text;
