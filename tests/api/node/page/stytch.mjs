import { StytchB2BClient } from "@stytch/vanilla-js/b2b/headless";
import { StytchClient } from "@stytch/vanilla-js/headless";

import { drive, methodsOf } from "./drive.mjs";

window.stytch = { StytchClient, StytchB2BClient };

drive({
  StytchClient: (wishes) => methodsOf(pointed(StytchClient, wishes)),
  StytchB2BClient: (wishes) => methodsOf(pointed(StytchB2BClient, wishes)),
});

function pointed(Client, { public_token, address }) {
  return (window.client = new Client(public_token, { endpoints: { liveAPIURL: address } }));
}
