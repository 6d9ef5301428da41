-- What `sync status` says of a sealed account beside the digests that were last equal. differs_at: since when, in milliseconds
-- since 1970, they have been found to differ; null: they have not. has_retired: the server still held what the account was
-- before its last founding when it was last asked.

alter table sync_config add column differs_at integer;
alter table sync_config add column has_retired integer not null default 0 check (has_retired in (0, 1));
