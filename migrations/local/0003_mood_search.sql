-- Full-text search over the notes and activities of live moods. The index holds no text but only which words are where:
-- what it needs to take a mood out again stands in the row itself, so it is kept by triggers, whatever changes a row.
-- Activities are words of their own (an id without hyphens): renaming or merging one changes no mood. 'secure-delete'
-- takes the words of a deleted mood out at once, instead of when a part of the index is next rewritten.
-- The rows are named by their rowid, which VACUUM keeps in a table with a primary key of its own.

create virtual table mood_search using fts5 (
  note,
  activities,
  content = '',
  columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
insert into mood_search (mood_search, rank) values ('secure-delete', 1);

create trigger mood_search_insert after insert on mood_entries
when new.deleted_at is null and (new.note is not null or new.activities <> '[]')
begin
  insert into mood_search (rowid, note, activities)
  values (new.rowid, new.note, replace(new.activities, '-', ''));
end;

create trigger mood_search_delete after delete on mood_entries
when old.deleted_at is null and (old.note is not null or old.activities <> '[]')
begin
  insert into mood_search (mood_search, rowid, note, activities)
  values ('delete', old.rowid, old.note, replace(old.activities, '-', ''));
end;

create trigger mood_search_update after update of note, activities, deleted_at on mood_entries
when (old.note is not new.note or old.activities is not new.activities
  or (old.deleted_at is null) <> (new.deleted_at is null))
begin
  insert into mood_search (mood_search, rowid, note, activities)
  select 'delete', old.rowid, old.note, replace(old.activities, '-', '')
  where old.deleted_at is null and (old.note is not null or old.activities <> '[]');
  insert into mood_search (rowid, note, activities)
  select new.rowid, new.note, replace(new.activities, '-', '')
  where new.deleted_at is null and (new.note is not null or new.activities <> '[]');
end;

insert into mood_search (rowid, note, activities)
select rowid, note, replace(activities, '-', '') from mood_entries
where deleted_at is null and (note is not null or activities <> '[]');
