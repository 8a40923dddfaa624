// A second click on the same button must not spend a code twice.
const sent = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.target === "_blank" || event.defaultPrevented) return;
  if (sent.has(form)) event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), 5000);
});
window.addEventListener("pageshow", () => sent.clear());
