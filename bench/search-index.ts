import type Database from "better-sqlite3";
import { logMoods } from "../src/entries/log-mood.ts";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { fillWithMoods, noteOf } from "./fill.ts";
import { MOODSYNC, median, runProcess } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const ROUNDS = 7;
const ENTRIES = 10_000;
/** As many as a download stores in one transaction. */
const PER_TRANSACTION = 1_000;
const LIMIT = 1.1;

/** What the search index adds to logging a mood with a note, and to a download: a whole run against the same without
 *  what the index costs, which is measured on two databases in this process; all in processor time. */
export function measureSearchIndex(server: SyncServer): Figure[] {
  const home = newHome();
  const downloads: number[] = [];
  const logs: number[] = [];
  try {
    const [from, apiKey] = [newHome(), server.addAccount()];
    fillWithMoods(from, ENTRIES);
    server.connect(from, apiKey);
    runProcess([MOODSYNC, "sync"], { home: from });
    for (let round = 0; round < ROUNDS; round++) {
      const to = newHome();
      server.connect(to, apiKey);
      downloads.push(runProcess([MOODSYNC, "sync"], { home: to }).cpuMs);
      removeHome(to);
    }
    removeHome(from);
    for (let round = 0; round < ROUNDS; round++) {
      const args = ["log", "mood", "4", "-n", noteOf(round)];
      logs.push(runProcess([MOODSYNC, ...args], { home }).cpuMs);
    }
  } finally {
    removeHome(home);
  }
  return [
    figure(`a download of ${ENTRIES}`, downloads, addedByIndex(ENTRIES, PER_TRANSACTION)),
    figure("`log mood 4`", logs, addedByIndex(100, 1) / 100),
  ];
}

function figure(name: string, wholeMs: readonly number[], indexMs: number): Figure {
  return {
    name: `search index in ${name}, CPU`,
    unit: "ms",
    values: wholeMs,
    reference: { name: "the same without", values: wholeMs.map((ms) => ms - indexMs) },
    limit: { most: LIMIT },
  };
}

/** Milliseconds of a processor that the index adds to storing so many moods. */
function addedByIndex(count: number, perTransaction: number): number {
  const homes = [newHome(), newHome()];
  const [indexed, plain] = homes.map((home) =>
    openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home }))),
  ) as [Database.Database, Database.Database];
  for (const name of ["update", "delete"]) plain.exec(`drop trigger mood_search_${name}`);
  plain.exec(`update mood_search_end set mood = ${Number.MAX_SAFE_INTEGER}`);
  const added = Array.from(
    { length: ROUNDS },
    () => timeToStore(indexed, count, perTransaction) - timeToStore(plain, count, perTransaction),
  );
  for (const db of [indexed, plain]) db.close();
  for (const home of homes) removeHome(home);
  return median(added);
}

function timeToStore(db: Database.Database, count: number, perTransaction: number): number {
  const startedAt = process.cpuUsage();
  for (let done = 0; done < count; done += perTransaction) {
    const moods = Array.from({ length: perTransaction }, (_, at) => ({ value: 3, note: noteOf(done + at) }));
    logMoods({ db, nowMs: Date.now(), zone: () => 0 }, moods);
  }
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1000;
}
