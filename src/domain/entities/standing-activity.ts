import type { Activity } from "./activity.ts";

/** For the id of every given activity the one that stands for it: itself, or the end of its `merged_into`. An id that is
 *  not given ends the way at the last activity that is. In a circle, which two devices make that merge two activities
 *  into each other, the one with the smallest id stands for all, so that their moods count together wherever one begins. */
export function standingActivities<A extends Pick<Activity, "id" | "merged_into">>(
  activities: readonly A[],
): Map<string, A> {
  const byId = new Map(activities.map((activity) => [activity.id, activity]));
  const standing = new Map<string, A>();
  for (const start of activities) {
    const way = new Set<A>();
    let at = start;
    let next: A | undefined = start;
    while (next && !standing.has(next.id) && !way.has(next)) {
      at = next;
      way.add(at);
      next = at.merged_into === undefined ? undefined : byId.get(at.merged_into);
    }
    const end = next ? (standing.get(next.id) ?? smallestOfCircle([...way], next)) : at;
    for (const { id } of way) standing.set(id, end);
  }
  return standing;
}

function smallestOfCircle<A extends { id: string }>(way: A[], first: A): A {
  return way.slice(way.indexOf(first)).reduce((least, one) => (one.id < least.id ? one : least));
}
