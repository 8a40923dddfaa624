// Lets whoever holds this page make one of its clients and call it. What comes of that is told in JSON.

const PATIENCE_MS = 30_000;

export function drive(makers) {
  let call;
  window.made = (kind, wishes) => told(async () => void (call = await makers[kind](wishes)));
  window.called = (method, given) => told(() => call(method, given));
}

// "totps.create" is a method of the client's part "totps".
export function methodsOf(client) {
  return (method, given) => {
    const parts = method.split(".");
    const name = parts.pop();
    const part = parts.reduce((found, next) => found[next], client);
    return part[name](...given);
  };
}

async function told(act) {
  try {
    return JSON.stringify({ given: (await Promise.race([act(), tooLong()])) ?? null });
  } catch (problem) {
    return JSON.stringify({ raised: await described(problem) });
  }
}

function tooLong() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("The client gives no answer.")), PATIENCE_MS));
}

// Some clients throw the very response.
export async function described(problem) {
  const fields = problem instanceof Response ? await problem.json().catch(() => ({})) : problem;
  return {
    ...fields,
    kind: problem.name ?? "Response",
    message: fields.message ?? fields.error ?? "",
    status_code: problem.status_code ?? problem.status,
    behind: problem.cause && (await described(problem.cause)),
  };
}
