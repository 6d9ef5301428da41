-- Which command an undo took back, or a redo did again, so that the way back is known. Null in an undo of before.

alter table commands add column reverts integer references commands (id);
