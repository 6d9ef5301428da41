-- Sealed accounts: versions that the server keeps, merges and hands out, and cannot read.
--
-- They lie in tables of their own, so that a plain row and a sealed one can never be taken for each other. `generation`
-- numbers an account's data: it is raised whenever the data is founded anew (sealed, sealed with another key, unsealed).
-- Rows of an earlier generation are retired: kept until a device of the account has them removed, and served to nobody.
-- The typed tables have no generation: an account is unsealed only when they are empty.

alter table users
  add column generation integer not null default 0,
  -- The seq of the founding; what the generation holds comes after it.
  add column generation_seq bigint not null default 0,
  add column seal_format smallint,
  -- The public name of the generation's keys; null: the account is plain.
  add column key_id text,
  -- The founding record, an envelope that only a holder of the key can have made.
  add column key_check bytea,
  add column founded_at timestamptz(3),
  add column founded_by uuid,
  -- Since when rows, or names of devices, are retired, and what the rows take; null: nothing is.
  add column retired_at timestamptz(3),
  add column retired_bytes bigint not null default 0,
  -- Whether whoever runs the server allows the account to be sealed.
  add column may_seal boolean not null default true;

alter table devices
  -- The device's name, sealed; `label` is null beside it.
  add column sealed_label bytea,
  -- The generation that it last synced with; null: none since there are any.
  add column generation integer;

create table sealed_entities (
  user_id uuid not null,
  generation integer not null,
  id uuid not null,
  updated_at timestamptz(3) not null,
  deleted boolean not null,
  envelope bytea not null,
  -- Of the envelope: its content tells nothing of what is in it.
  content_hash text not null,
  seq bigint not null,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  primary key (user_id, generation, id)
);
-- Random bytes do not compress.
alter table sealed_entities alter column envelope set storage external;
create index sealed_entities_by_seq on sealed_entities (user_id, generation, seq);
create index sealed_entities_deleted_by_seq on sealed_entities (user_id, generation, seq) where deleted;

create table sealed_history (
  user_id uuid not null,
  generation integer not null,
  id uuid not null,
  updated_at timestamptz(3) not null,
  content_hash text not null,
  outcome text not null check (outcome in ('replaced', 'lost')),
  deleted boolean not null,
  envelope bytea not null,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  primary key (user_id, generation, id, updated_at, content_hash)
);
alter table sealed_history alter column envelope set storage external;

-- What a sealed version takes: its envelope in base64, as it is sent, and 200 bytes for what lies beside it.
create function sealed_bytes(envelope bytea) returns integer language sql immutable as $$
  select 200 + (octet_length(envelope) + 2) / 3 * 4
$$;

-- What `users.stored_bytes` must be: every version of the account's generation, and 200 bytes for each upload. Retired rows
-- are in `retired_bytes`. Reads all rows of the account.
create or replace function account_bytes(account uuid) returns bigint language sql stable as $$
  select
    case when u.key_id is null then
      (select coalesce(sum(bytes), 0) from mood_entries where user_id = u.id)
      + (select coalesce(sum(bytes), 0) from assessments where user_id = u.id)
      + (select coalesce(sum(bytes), 0) from activities where user_id = u.id)
      + (select coalesce(sum(bytes), 0) from schedules where user_id = u.id)
      + (select coalesce(sum(bytes), 0) from entity_history where user_id = u.id)
    else
      (
        select coalesce(sum(sealed_bytes(envelope)), 0)
        from sealed_entities
        where user_id = u.id and generation = u.generation
      )
      + (
        select coalesce(sum(sealed_bytes(envelope)), 0)
        from sealed_history
        where user_id = u.id and generation = u.generation
      )
    end
    + (select 200 * count(*) from uploads where user_id = u.id)
  from users as u
  where u.id = account
$$;
