-- A version that was sent without an answer was stored a second time, as the JSON of its change. It is what its row holds, or,
-- once a command has replaced it, what history holds: so it is only named here. That leaves two thirds fewer free pages
-- in the file after a large upload.
--
-- One that is found in neither is forgotten, as if it had not been sent: then the row is sent as it stands.

alter table sent_versions rename to sent_changes;
create table sent_versions (
  entity_type text not null,
  id text not null,
  revision integer not null,
  updated_at integer not null,
  content_hash text not null,
  primary key (entity_type, id)
) strict, without rowid;

insert into sent_versions (entity_type, id, revision, updated_at, content_hash)
with standing (entity_type, id, revision, updated_at, content_hash) as (
  select 'Activity', id, revision, updated_at, content_hash from activities
  union all
  select 'MoodEntry', id, revision, updated_at, content_hash from mood_entries
  union all
  select 'AssessmentEntry', id, revision, updated_at, content_hash from assessments
  union all
  select 'Schedule', id, revision, updated_at, content_hash from schedules
)
select entity_type, id, revision, updated_at, content_hash
from sent_changes join standing using (entity_type, id, revision);

-- An edit takes a later time than what it replaces, so only one of the versions that stood here has the time of the change.
insert or ignore into sent_versions (entity_type, id, revision, updated_at, content_hash)
select sent.entity_type, sent.id, sent.revision, past.updated_at, past.content_hash
from sent_changes as sent join entity_history as past using (entity_type, id)
where json_valid(sent.change)
  and strftime('%Y-%m-%dT%H:%M:%fZ', past.updated_at / 1000.0, 'unixepoch') = sent.change ->> '$.updated_at'
order by past.command_id is null;

drop table sent_changes;
