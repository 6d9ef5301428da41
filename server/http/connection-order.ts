import type { Socket } from "node:net";

/** Most requests of one connection that may wait for the one before them. Hardly any client sends a second one before
 *  the first is answered; whoever sends many wants to fill the memory. */
const MAX_WAITING = 16;

/** Answers the requests of each connection one after the other: the next is begun when the answer before it has left
 *  the server. A connection with too many of them is destroyed. */
export function answerInOrder(): (socket: Socket, answer: () => Promise<void>) => Promise<void> {
  const lastBySocket = new WeakMap<Socket, { done: Promise<void>; waiting: number }>();
  return async (socket, answer) => {
    let last = lastBySocket.get(socket);
    if (last === undefined) {
      last = { done: Promise.resolve(), waiting: 0 };
      lastBySocket.set(socket, last);
      abortWithoutStacks(socket);
    }
    if (last.waiting > MAX_WAITING) {
      socket.destroy();
      return;
    }
    last.waiting += 1;
    last.done = last.done.then(() => (socket.destroyed ? undefined : answer()));
    await last.done;
    last.waiting -= 1;
  };
}

/** Of a connection that has closed Node aborts each request with an error of its own. Of some hundreds that were sent at
 *  once, the stacks of these errors cost about as much as all the rest. */
function abortWithoutStacks(socket: Socket): void {
  let limit = 0;
  socket.prependOnceListener("close", () => {
    limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
  });
  socket.once("close", () => {
    Error.stackTraceLimit = limit;
  });
}
