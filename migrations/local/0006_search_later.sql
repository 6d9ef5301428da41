-- New moods need no trigger: they are the rows above the last one that the index has. So a transaction that stores many
-- (a first download, an import) leaves them to the first search, and costs nothing for it.

create table mood_search_end (
  mood integer not null
) strict;
insert into mood_search_end (mood) select coalesce(max(rowid), 0) from mood_entries;

drop trigger mood_search_insert;
drop trigger mood_search_delete;
drop trigger mood_search_update;

-- The next new row can get the rowid of the last one, once that is gone.
create trigger mood_search_delete after delete on mood_entries
when old.rowid <= (select mood from mood_search_end)
begin
  insert into mood_search_pending (mood, note, activities)
  select old.rowid, iif(old.deleted_at is null, old.note, null), iif(old.deleted_at is null, old.activities, null)
  where not exists (select 1 from mood_search_pending where mood = old.rowid);
  update mood_search_end set mood = old.rowid - 1 where mood = old.rowid;
end;

create trigger mood_search_update after update of note, activities, deleted_at on mood_entries
when old.rowid <= (select mood from mood_search_end)
  and (old.note is not new.note or old.activities is not new.activities
    or (old.deleted_at is null) <> (new.deleted_at is null))
begin
  insert into mood_search_pending (mood, note, activities)
  select new.rowid, iif(old.deleted_at is null, old.note, null), iif(old.deleted_at is null, old.activities, null)
  where not exists (select 1 from mood_search_pending where mood = new.rowid);
end;
