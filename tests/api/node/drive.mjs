// Calls an official client for whoever writes to it: a line of JSON in for each call, a line of JSON out.

import { createInterface } from "node:readline";
import stytch from "stytch";

import { described } from "./page/drive.mjs";

const { PROJECT_ID, SECRET, ADDRESS, CLIENT } = process.env;
const client =
  CLIENT in stytch ? new stytch[CLIENT]({ project_id: PROJECT_ID, secret: SECRET, env: ADDRESS }) : await dynamics();

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}

async function answer({ call, with: asked, options }) {
  const parts = call.split(".");
  const method = parts.pop();
  const part = parts.reduce((found, name) => found[name], client);
  try {
    return { given: (await whole(part[method](withDates(asked), options))) ?? null };
  } catch (problem) {
    if (problem instanceof Response) return { raised: await described(problem) };
    const kind = Object.keys(stytch).find((name) => problem.constructor === stytch[name]);
    return { raised: { kind: kind ?? problem.name, message: problem.message, ...problem } };
  }
}

// Of Dynamic's, the one for those who have a key.
async function dynamics() {
  const dynamic = await import("@dynamic-labs/sdk-api");
  return new dynamic[CLIENT](new dynamic.Configuration({ basePath: `${ADDRESS}api/v0`, accessToken: SECRET }));
}

// JSON has no moments, and the client wants one where it is told what time it is.
function withDates(asked) {
  return asked.current_date ? { ...asked, current_date: new Date(asked.current_date) } : asked;
}

// An iterator over pages becomes the list of them.
async function whole(given) {
  return given?.[Symbol.asyncIterator] ? Array.fromAsync(given) : given;
}
