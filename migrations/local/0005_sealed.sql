-- A sealed account: which of its generations this device is pinned to, with the format of its envelopes and the public name
-- of its keys. Null: the account is plain. The key itself and sealed bytes are never here. founding: a generation that this
-- device founded is filling until the server has everything and both digests are equal. key_shown_at and verified_at are
-- milliseconds since 1970: when a person last saw the sealing key, and when the digests were last compared.

alter table sync_config add column sealed_generation integer;
alter table sync_config add column sealed_format integer;
alter table sync_config add column sealed_key_id text;
alter table sync_config add column founding text not null default 'none' check (founding in ('none', 'filling'));
alter table sync_config add column key_shown_at integer;
alter table sync_config add column verified_at integer;
