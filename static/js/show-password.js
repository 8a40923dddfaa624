// Every password field gets a button that shows what was typed.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const name = document.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.textContent.trim() ?? "password";
  const frame = document.createElement("div");
  const button = document.createElement("button");
  const say = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", `${button.textContent} what is typed in ${name}`);
  };

  frame.className = "with-toggle";
  button.type = "button";
  button.addEventListener("click", () => say(input.type === "password"));
  input.form?.addEventListener("submit", () => say(false));
  const focused = document.activeElement === input;
  input.replaceWith(frame);
  frame.append(input, button);
  if (focused) input.focus();
  say(false);
}
