-- Activities that are no longer offered, and those that were merged into another one. Both may be missing, so what was
-- stored before keeps its hash; a device that does not know them carries them unread.

alter table activities add column archived boolean;
alter table activities add column merged_into uuid;
