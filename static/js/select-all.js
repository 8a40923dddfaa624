// A box that ticks every box of its form, and shows how many of them are.
for (const all of document.querySelectorAll("[data-select-all]")) {
  const boxes = [...all.form.querySelectorAll('input[type="checkbox"]')].filter((box) => box !== all);
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  };

  all.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) => box.addEventListener("change", look));
  look();
}
