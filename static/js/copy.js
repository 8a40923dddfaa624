// Buttons with data-copy="ID" copy the codes found in that element, one a line, or else its text, and say so.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const source = document.getElementById(button.dataset.copy);
  const label = button.querySelector("span");
  const words = label.textContent;
  const status = button.closest("section")?.querySelector("[data-copied]");

  button.hidden = false;
  button.addEventListener("click", async () => {
    const codes = Array.from(source.querySelectorAll("[data-code]"), (code) => code.dataset.code);
    const lines = codes.length ? codes : [source.dataset.code ?? source.textContent.trim()];
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      label.textContent = "Copied";
    } catch {
      label.textContent = "Not copied";
    }
    status.textContent = label.textContent;
    setTimeout(() => {
      label.textContent = words;
      status.textContent = "";
    }, 4000);
  });
}
