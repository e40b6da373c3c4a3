// Suggestions under the search box. Without this file the form still searches.
const WAIT_MS = 120;

for (const form of document.querySelectorAll("form.seek")) {
  const box = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const said = document.createElement("span");
  list.id = `${box.id || "seek"}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "可能要找的企业");
  list.hidden = true;
  said.className = "unseen";
  said.setAttribute("role", "status");
  form.append(list, said);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  let timer, asked, chosen = -1, found = [];

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const mark = (place) => {
    chosen = place;
    [...list.children].forEach((line, at) => line.setAttribute("aria-selected", at === place));
    if (place < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const take = (suggestion) => {
    if (suggestion.url) location.assign(suggestion.url);
    else {
      box.value = suggestion.name;
      form.requestSubmit();
    }
  };

  const show = (suggestions) => {
    found = suggestions;
    list.replaceChildren(...suggestions.map((one, at) => {
      const line = document.createElement("li");
      const name = document.createElement("b");
      const note = document.createElement("small");
      name.textContent = one.name;
      note.textContent = one.note;
      line.id = `${list.id}-${at}`;
      line.setAttribute("role", "option");
      line.append(name, note);
      line.addEventListener("pointerdown", (event) => event.preventDefault());
      line.addEventListener("click", () => take(one));
      return line;
    }));
    mark(-1);
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = suggestions.length ? `有${suggestions.length}家可能的企业，用上下键选择` : "";
  };

  const ask = async () => {
    asked?.abort();
    const text = box.value.trim();
    if (!text) return show([]);
    asked = new AbortController();
    try {
      const address = `/search/suggestions?q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok && document.activeElement === box) show(await answer.json());
    } catch (gone) {
      if (gone.name !== "AbortError") close(); // no line: the form itself will say so
    }
  };

  box.addEventListener("input", (event) => {
    if (event.isComposing) return; // an input method is still at work on the word
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = found.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && last >= 0) {
      event.preventDefault();
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      mark(chosen < last ? chosen + 1 : 0);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      mark(chosen > 0 ? chosen - 1 : last);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      take(found[chosen]);
    }
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    asked?.abort();
  });
}
