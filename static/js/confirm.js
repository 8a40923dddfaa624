// A form with data-confirm asks once more, in a dialog of the browser's own kind.
const sure = new WeakSet();

function ask(form, act) {
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  const words = document.createElement("p");
  const actions = document.createElement("div");
  const yes = document.createElement("button");
  const no = document.createElement("button");

  title.id = "confirm-title";
  title.textContent = `${act.textContent.trim()}?`;
  words.textContent = form.dataset.confirm;
  actions.className = "actions";
  yes.className = act.className;
  yes.textContent = act.textContent.trim();
  no.className = "btn btn-quiet";
  no.textContent = "Go back";
  no.autofocus = true;
  dialog.setAttribute("aria-labelledby", title.id);

  yes.addEventListener("click", () => {
    sure.add(form);
    dialog.close();
    form.requestSubmit(act);
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  actions.append(yes, no);
  dialog.append(title, words, actions);
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || sure.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, event.submitter ?? form.querySelector('[type="submit"]'));
}, true);
