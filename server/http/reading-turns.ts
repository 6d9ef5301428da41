/** Somebody's connection that has bytes to read. */
export interface Reader {
  /** Who sends on it, as far as is known. */
  readonly sender: string;
  /** Reads a part of what is there: at most one request's. */
  readPart(): void;
}

/** Lets connections be read in turn: in each turn of the event loop one part of each sender, however many connections it
 *  has. So a request waits for one of everybody else's, and what a sender has too much of waits in the network. */
export interface ReadingTurns {
  /** One that waits already keeps its place. */
  enter(reader: Reader): void;
}

/** Most senders in one turn of the loop; the next ones have the next. */
const SENDERS_A_TURN = 8;

export function createReadingTurns(): ReadingTurns {
  /** Both in the order in which their turns come. */
  const waiting = new Map<string, Set<Reader>>();
  let isArmed = false;

  function arm(): void {
    if (isArmed || waiting.size === 0) return;
    isArmed = true;
    setImmediate(takeTurn);
  }

  function takeTurn(): void {
    isArmed = false;
    for (const [sender, readers] of [...waiting].slice(0, SENDERS_A_TURN)) {
      const [reader] = readers;
      readers.delete(reader!);
      waiting.delete(sender);
      if (readers.size > 0) waiting.set(sender, readers);
      reader!.readPart();
    }
    arm();
  }

  return {
    enter(reader) {
      const readers = waiting.get(reader.sender) ?? new Set();
      waiting.set(reader.sender, readers.add(reader));
      arm();
    },
  };
}
