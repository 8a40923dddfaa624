import * as dynamic from "@dynamic-labs-sdk/client";
import * as dynamicCore from "@dynamic-labs/sdk-api-core";

import { drive, methodsOf } from "./drive.mjs";

Object.assign(window, { dynamic, dynamicCore });

drive({
  // Its methods are functions of the module that take the client last.
  async DynamicClient({ environment_id, address }) {
    const client = (window.client = dynamic.createDynamicClient({
      environmentId: environment_id,
      autoInitialize: false,
      instrumentation: { enabled: false },
      metadata: { name: "Shop" },
      coreConfig: { apiBaseUrl: `${address}/api/v0` },
    }));
    await dynamic.initializeClient(client);
    return (method, given) => (method in dynamic ? dynamic[method](...given, client) : client[method]);
  },

  SDKApi({ address, token }) {
    const configuration = new dynamicCore.Configuration({ basePath: `${address}/api/v0`, accessToken: token });
    return methodsOf((window.client = new dynamicCore.SDKApi(configuration)));
  },
});
