-- The first schema: accounts, keys, devices, the four entities, their history, and the uploads that wrote them.
--
-- user_id is the first column of every primary key, unique index and foreign key, so that the tables can be
-- distributed by user (Citus) as they are. No foreign key joins entities: a mood may arrive before its activity.
-- Nor do entities refer to users by one: they are only written from the users row that the same statement has locked,
-- and the check of every row would take longer than all the rest.
-- Content columns are nullable, because a tombstone holds no content. Times have milliseconds, as on the wire;
-- a time with a place keeps that place's offset from UTC in minutes. `extra` holds fields that a newer device wrote
-- and this version does not know. `seq` is the user's own order of changes, the only thing a cursor stands on.

create table users (
  id uuid primary key,
  -- The number of the last stored version. An upload commits by comparing and swapping it.
  sync_seq bigint not null default 0,
  -- The highest seq among the tombstones that a purge has removed.
  purge_floor bigint not null default 0,
  created_at timestamptz(3) not null default now()
);

create table api_keys (
  user_id uuid not null references users (id),
  id uuid not null,
  -- SHA-256 of the key's secret part, in hex. The secret is random, so it needs no salt.
  secret_hash text not null,
  label text,
  created_at timestamptz(3) not null default now(),
  revoked_at timestamptz(3),
  -- To the hour.
  last_used_at timestamptz(3),
  primary key (user_id, id)
);
create unique index api_keys_by_secret on api_keys (user_id, secret_hash);

create table devices (
  user_id uuid not null references users (id),
  id uuid not null,
  label text,
  created_at timestamptz(3) not null default now(),
  -- To the hour.
  last_seen_at timestamptz(3) not null default now(),
  primary key (user_id, id)
);

create table mood_entries (
  user_id uuid not null,
  id uuid not null,
  value integer,
  activities uuid[],
  note text,
  recorded_at timestamptz(3),
  recorded_at_offset smallint,
  extra jsonb,
  created_at timestamptz(3),
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  content_hash text not null,
  seq bigint not null,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  primary key (user_id, id)
);
create index mood_entries_by_seq on mood_entries (user_id, seq);
create index mood_entries_deleted_by_seq on mood_entries (user_id, seq) where deleted_at is not null;

create table assessments (
  user_id uuid not null,
  id uuid not null,
  assessment_type text,
  score integer,
  severity text,
  taken_at timestamptz(3),
  taken_at_offset smallint,
  answers integer[],
  source text,
  instrument_version text,
  difficulty integer,
  extra jsonb,
  created_at timestamptz(3),
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  content_hash text not null,
  seq bigint not null,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  primary key (user_id, id)
);
create index assessments_by_seq on assessments (user_id, seq);
create index assessments_deleted_by_seq on assessments (user_id, seq) where deleted_at is not null;

create table activities (
  user_id uuid not null,
  id uuid not null,
  label text,
  color_hex text,
  icon text,
  extra jsonb,
  created_at timestamptz(3),
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  content_hash text not null,
  seq bigint not null,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  primary key (user_id, id)
);
create index activities_by_seq on activities (user_id, seq);
create index activities_deleted_by_seq on activities (user_id, seq) where deleted_at is not null;

create table schedules (
  user_id uuid not null,
  id uuid not null,
  assessment_type text,
  frequency text,
  enabled boolean,
  next_due_at timestamptz(3),
  next_due_at_offset smallint,
  anchor_at timestamptz(3),
  anchor_at_offset smallint,
  extra jsonb,
  created_at timestamptz(3),
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  content_hash text not null,
  seq bigint not null,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  primary key (user_id, id)
);
create index schedules_by_seq on schedules (user_id, seq);
create index schedules_deleted_by_seq on schedules (user_id, seq) where deleted_at is not null;

-- Every version that was overwritten (replaced) or never stood (lost), once each.
create table entity_history (
  user_id uuid not null,
  entity_type text not null,
  id uuid not null,
  updated_at timestamptz(3) not null,
  content_hash text not null,
  outcome text not null check (outcome in ('replaced', 'lost')),
  -- The whole entity as on the wire; null for a deletion.
  data jsonb,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  primary key (user_id, entity_type, id, updated_at, content_hash)
);

-- One row for every upload that stored something. The nonce lets the server recognise its own cursors after it was
-- restored from a backup, so these rows are never purged.
create table uploads (
  user_id uuid not null,
  first_seq bigint not null,
  last_seq bigint not null,
  nonce text not null,
  device_id uuid not null,
  stored_at timestamptz(3) not null default now(),
  applied integer not null,
  conflicts integer not null,
  primary key (user_id, first_seq)
);
