-- The four entities as this device holds them, every version that was replaced, and what sync has to
-- remember. Times are milliseconds since 1970; *_offset is minutes east of UTC at the place of writing.
--
-- revision grows with every local write; a row is pending while it differs from acked_revision. Times are
-- not compared for that: clocks jump. base_updated_at and base_hash name the version that a pending edit was
-- made from; two versions of one entity can have the same time.
-- Content columns are null in the tombstone of an entity that this device never had.

create table activities (
  id text primary key,
  label text,
  color_hex text,
  icon text,
  created_at integer,
  updated_at integer not null,
  deleted_at integer,
  extra text,
  content_hash text not null,
  revision integer not null,
  acked_revision integer not null,
  base_updated_at integer,
  base_hash text
) strict;
create index activities_pending on activities (acked_revision) where revision <> acked_revision;

create table mood_entries (
  id text primary key,
  value integer,
  activities text,
  note text,
  recorded_at integer,
  recorded_at_offset integer,
  created_at integer,
  updated_at integer not null,
  deleted_at integer,
  extra text,
  content_hash text not null,
  revision integer not null,
  acked_revision integer not null,
  base_updated_at integer,
  base_hash text
) strict;
create index mood_entries_pending on mood_entries (acked_revision) where revision <> acked_revision;
create index mood_entries_recorded_at on mood_entries (recorded_at) where deleted_at is null;

create table assessments (
  id text primary key,
  assessment_type text,
  score integer,
  severity text,
  taken_at integer,
  taken_at_offset integer,
  answers text,
  source text,
  instrument_version text,
  difficulty integer,
  created_at integer,
  updated_at integer not null,
  deleted_at integer,
  extra text,
  content_hash text not null,
  revision integer not null,
  acked_revision integer not null,
  base_updated_at integer,
  base_hash text
) strict;
create index assessments_pending on assessments (acked_revision) where revision <> acked_revision;
create index assessments_taken_at on assessments (taken_at) where deleted_at is null;

create table schedules (
  id text primary key,
  assessment_type text,
  frequency text,
  enabled integer,
  next_due_at integer,
  next_due_at_offset integer,
  anchor_at integer,
  anchor_at_offset integer,
  created_at integer,
  updated_at integer not null,
  deleted_at integer,
  extra text,
  content_hash text not null,
  revision integer not null,
  acked_revision integer not null,
  base_updated_at integer,
  base_hash text
) strict;
create index schedules_pending on schedules (acked_revision) where revision <> acked_revision;

-- What was typed on this device, so that it can be undone.
create table commands (
  id integer primary key,
  name text not null,
  ran_at integer not null,
  undone integer not null default 0
) strict;

-- before_hash is null where the command created the entity.
create table command_changes (
  command_id integer not null references commands (id),
  entity_type text not null,
  id text not null,
  before_hash text,
  after_hash text not null,
  primary key (command_id, entity_type, id)
) strict, without rowid;

-- Every version that was replaced or lost here. content is the entity in wire shape, null for a tombstone
-- of unknown content. command_id is the command that replaced it, null where sync did. reason, winner_hash
-- and winner_device_id tell of a version that lost: why, against which, and who wrote that.
create table entity_history (
  entity_type text not null,
  id text not null,
  updated_at integer not null,
  content_hash text not null,
  deleted integer not null,
  content text,
  outcome text not null check (outcome in ('replaced', 'lost', 'merged')),
  reason text,
  winner_hash text,
  winner_device_id text,
  command_id integer references commands (id),
  stored_at integer not null,
  primary key (entity_type, id, updated_at, content_hash)
) strict;
create index entity_history_lost on entity_history (stored_at) where outcome <> 'replaced';

-- The version of a row that went out and has no answer yet. It goes again unchanged.
create table sent_versions (
  entity_type text not null,
  id text not null,
  revision integer not null,
  change text not null,
  primary key (entity_type, id)
) strict, without rowid;

-- Pending rows that the server refused for good: offered again after an edit or an upgrade.
create table rejected_changes (
  entity_type text not null,
  id text not null,
  revision integer not null,
  reason text not null,
  detail text,
  app_version text not null,
  rejected_at integer not null,
  primary key (entity_type, id)
) strict, without rowid;

-- Downloaded changes that this version cannot read, for the version that can.
create table deferred_changes (
  entity_type text not null,
  id text not null,
  updated_at integer not null,
  change text not null,
  pending integer not null default 0,
  app_version text not null,
  received_at integer not null,
  primary key (entity_type, id)
) strict, without rowid;

create table sync_config (
  only_row integer primary key check (only_row = 1),
  device_id text not null,
  device_label text,
  endpoint_url text,
  account_id text,
  enabled integer not null default 0,
  allow_insecure_http integer not null default 0,
  last_sync_cursor text,
  seen_cursor text,
  walk text not null default 'none' check (walk in ('none', 'resync', 'expired')),
  clock_skew_ms integer
) strict;

-- The account's devices by name, as the server told them last.
create table account_devices (
  id text primary key,
  label text
) strict, without rowid;

-- Ids that the pages of an expired cursor's walk have delivered.
create table walk_marks (
  entity_type text not null,
  id text not null,
  primary key (entity_type, id)
) strict, without rowid;

create table sync_runs (
  id integer primary key,
  started_at integer not null,
  finished_at integer not null,
  status text not null,
  uploaded integer not null,
  downloaded integer not null,
  conflicts integer not null,
  pending integer not null,
  rejected integer not null,
  error_code text,
  error text
) strict;
