-- Past versions take about half of the room.
--
-- A row holds each thing once: what stands in columns (id, times) is no longer in `data` as well, a hash is its number
-- and not its 16 digits, and the columns lie in an order that needs no padding. `data` is text, which for a few short
-- fields is smaller than jsonb; the columns before it have a fixed width.
-- The index finds the versions of an entity, and is no longer the guarantee that each is there once: that is the
-- comparison and swap of the row of `users`, which fails where anything of the account was stored since.

create type entity_type as enum ('Activity', 'MoodEntry', 'AssessmentEntry', 'Schedule');
create type past_outcome as enum ('replaced', 'lost');

alter table entity_history rename to wide_history;
alter index entity_history_pkey rename to wide_history_pkey;

-- Every version that was overwritten (replaced) or never stood (lost), once each.
create table entity_history (
  user_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  updated_at timestamptz(3) not null,
  stored_at timestamptz(3) not null default now(),
  -- Of the entity; null for a deletion.
  created_at timestamptz(3),
  -- The 16 hexadecimal digits as a signed number.
  content_hash bigint not null,
  bytes integer not null default 200,
  entity_type entity_type not null,
  outcome past_outcome not null,
  -- The entity as on the wire, without its id and the times of its metadata; null for a deletion.
  data json
);

insert into entity_history
  (user_id, id, device_id, updated_at, stored_at, created_at, content_hash, bytes, entity_type, outcome, data)
select
  user_id,
  id,
  device_id,
  updated_at,
  stored_at,
  (data -> 'metadata' ->> 'created_at')::timestamptz,
  ('x' || content_hash)::bit(64)::bigint,
  bytes,
  entity_type::entity_type,
  outcome::past_outcome,
  case
    when unknown_metadata = '{}' then data - '{id,metadata}'::text[]
    else data - 'id' || jsonb_build_object('metadata', unknown_metadata)
  end::text::json
from wide_history, lateral (
  select coalesce(data -> 'metadata', '{}') - '{created_at,updated_at,deleted_at}'::text[] as unknown_metadata
) as metadata;

drop table wide_history;

create index entity_history_by_entity on entity_history (user_id, id, updated_at);

alter table sealed_history drop constraint sealed_history_pkey;
create index sealed_history_by_entity on sealed_history (user_id, generation, id, updated_at);
