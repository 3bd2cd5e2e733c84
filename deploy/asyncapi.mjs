// Checks an AsyncAPI document: node deploy/asyncapi.mjs FILE. Exit code 1 where the parser finds an error or warns.
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

const [file] = process.argv.slice(2);
const WARNING = 1; // severities: 0 error, 1 warning, 2 information, 3 hint
const { document, diagnostics } = await new Parser().parse(await readFile(file, "utf8"), { source: file });
for (const { severity, path, message } of diagnostics) {
  if (severity <= WARNING) console.error(`${file}: ${path.join(".")}: ${message}`);
}
if (!document || diagnostics.some(({ severity }) => severity <= WARNING)) process.exit(1);
console.log(`${file}: AsyncAPI ${document.version()}, ${document.allMessages().length} messages`);
