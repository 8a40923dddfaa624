// Codes that nobody has saved yet: the browser asks before the page goes, unless a form takes it further.
let leaving = false;

document.addEventListener("submit", (event) => {
  if (event.target.target !== "_blank" && !event.defaultPrevented) leaving = true;
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && document.querySelector("[data-warn-leaving]")) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  leaving = false;
});
