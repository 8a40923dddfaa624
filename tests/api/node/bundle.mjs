// Makes of the clients for browsers what a page can load: a script for each family, in the folder that is named.

import { build } from "esbuild";

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["page/stytch.mjs", "page/dynamic.mjs"],
  alias: { "@dynamic-labs-wallet/browser-wallet-client": "./page/no_wallets.cjs" },
  bundle: true,
  format: "iife",
  platform: "browser",
  outdir: process.argv[2],
  logLevel: "warning",
});
