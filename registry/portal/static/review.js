// Number keys choose, "a" is for all alike; everything works without this file.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const kind = event.target.type;
  if (event.target.matches("input, textarea, select") && kind !== "radio" && kind !== "checkbox") return;
  const choice = document.querySelector(`#decide [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.click();
  choice.focus();
});
