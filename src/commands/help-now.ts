import { helpText } from "../assessments/safety/help.ts";
import { regionOf } from "../assessments/safety/region.ts";
import { RESOURCES_REVIEWED, resourcesFor } from "../assessments/safety/resources.ts";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { printJson } from "../cli/output-options.ts";
import { contactsOf } from "../cli/safety.ts";
import { singleLine } from "../output/terminal-text.ts";

/** Needs no database, no home directory and no configuration, and takes whatever else was typed: somebody who asks
 *  for help gets it. */
export default function helpNow(context: Context): AnyCommand {
  return new Command()
    .description("Show support lines, in a crisis or before one.")
    .option("--json", "print JSON")
    .allowUnknownOption()
    .allowExcessArguments()
    .action((options) => {
      const region = regionOf(context.env);
      const contacts = contactsOf(context);
      const text = helpText(region, contacts.map(singleLine));
      if (options.json) {
        printJson(context, { text, contacts, resources: resourcesFor(region), reviewed: RESOURCES_REVIEWED });
      } else context.stdout.write(`${text}\n`);
    });
}
