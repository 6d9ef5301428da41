/** Whether a process of this number is there, whoever's it is. One that has just ended counts until its parent has taken
 *  note of that. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
