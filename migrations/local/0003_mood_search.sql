-- Full-text search over the notes and activities of live moods. The index holds no text but only which words are where:
-- what it needs to take a mood out again stands in the row itself, so triggers notice whatever changes a row.
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

-- Moods that a transaction has changed and the index does not have yet, with what it has of them: null where it has none.
-- The transaction brings both in step before it ends (src/local/storage/search-index.ts). Written at once, each row would
-- be a part of the index of its own, because SQLite makes a savepoint for each statement with a trigger. The first change
-- of a mood counts. No "or ignore": the conflict clause of the statement that fires a trigger goes before those in it.
create table mood_search_pending (
  mood integer primary key,
  note text,
  activities text
) strict;

create trigger mood_search_insert after insert on mood_entries
when new.deleted_at is null
begin
  insert into mood_search_pending (mood)
  select new.rowid where not exists (select 1 from mood_search_pending where mood = new.rowid);
end;

create trigger mood_search_delete after delete on mood_entries
when old.deleted_at is null
begin
  insert into mood_search_pending (mood, note, activities)
  select old.rowid, old.note, old.activities
  where not exists (select 1 from mood_search_pending where mood = old.rowid);
end;

create trigger mood_search_update after update of note, activities, deleted_at on mood_entries
when old.note is not new.note or old.activities is not new.activities
  or (old.deleted_at is null) <> (new.deleted_at is null)
begin
  insert into mood_search_pending (mood, note, activities)
  select new.rowid, iif(old.deleted_at is null, old.note, null), iif(old.deleted_at is null, old.activities, null)
  where not exists (select 1 from mood_search_pending where mood = new.rowid);
end;

insert into mood_search (rowid, note, activities)
select rowid, note, replace(activities, '-', '') from mood_entries where deleted_at is null;
