-- What an account takes, and which key made a key.
--
-- `bytes` is the size of a version as JSON, with 200 for what lies beside its content. It lets a read stop before it has
-- built what it would not send, and it is added up in `users.stored_bytes` by the statement that stores a version, so
-- that no upload has to count rows. Rows of before are measured here, close enough.
-- `made_by` is the key with which a key was made; null: the operator made it. A key is valid only while all keys above
-- it are.

alter table mood_entries add column bytes integer not null default 200;
alter table assessments add column bytes integer not null default 200;
alter table activities add column bytes integer not null default 200;
alter table schedules add column bytes integer not null default 200;
alter table entity_history add column bytes integer not null default 200;

update mood_entries as t set bytes = 200 + octet_length(to_json(t)::text) where deleted_at is null;
update assessments as t set bytes = 200 + octet_length(to_json(t)::text) where deleted_at is null;
update activities as t set bytes = 200 + octet_length(to_json(t)::text) where deleted_at is null;
update schedules as t set bytes = 200 + octet_length(to_json(t)::text) where deleted_at is null;
update entity_history set bytes = 200 + octet_length(data::text) where data is not null;

-- What `users.stored_bytes` must be: every version, and 200 bytes for each upload. Reads all rows of the account.
create function account_bytes(account uuid) returns bigint language sql stable as $$
  select
    (select coalesce(sum(bytes), 0) from mood_entries where user_id = account)
    + (select coalesce(sum(bytes), 0) from assessments where user_id = account)
    + (select coalesce(sum(bytes), 0) from activities where user_id = account)
    + (select coalesce(sum(bytes), 0) from schedules where user_id = account)
    + (select coalesce(sum(bytes), 0) from entity_history where user_id = account)
    + (select 200 * count(*) from uploads where user_id = account)
$$;

alter table users add column stored_bytes bigint not null default 0;
update users set stored_bytes = account_bytes(id);

alter table api_keys add column made_by uuid;
create index api_keys_by_maker on api_keys (user_id, made_by) where made_by is not null;

-- What one account may take, as the server that started last was told; one row.
create table quotas (
  is_only boolean primary key default true check (is_only),
  bytes bigint not null,
  keys integer not null,
  devices integer not null
);
