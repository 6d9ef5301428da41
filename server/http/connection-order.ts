import type { Socket } from "node:net";

/** Most requests of one connection that may wait for the one before them. Hardly any client sends a second one before
 *  the first is answered; whoever sends many wants to fill the memory. */
const MAX_WAITING = 16;

/** Answers the requests of each connection one after the other: the next is begun when the answer before it has left
 *  the server. A connection with too many of them is destroyed. */
export function answerInOrder(): (socket: Socket, answer: () => Promise<void>) => Promise<void> {
  const lastBySocket = new WeakMap<Socket, { done: Promise<void>; waiting: number }>();
  return async (socket, answer) => {
    const last = lastBySocket.get(socket) ?? { done: Promise.resolve(), waiting: 0 };
    lastBySocket.set(socket, last);
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
