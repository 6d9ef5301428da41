/** A headless Chromium that needs nothing of the system: it comes from npm with the libraries that Node has no use for.
 *  It is built for Linux on x64; elsewhere CHROMIUM names a browser. */
export async function chromiumProgram(): Promise<string> {
  const named = process.env.CHROMIUM;
  if (named) return named;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      "Set CHROMIUM to the program of a Chromium or Chrome: the one of npm is for Linux on x64.",
    );
  }
  // It unpacks its libraries, and puts them first, only where it takes itself for a function of AWS.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs20.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  chromium.setGraphicsMode = false;
  return chromium.executablePath();
}
