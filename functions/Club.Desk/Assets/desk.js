// Comforts only: without this file every form and link of the console works as well.

// A list that follows what is typed: the page is asked for again, and its part put in place.
for (const form of document.querySelectorAll("form[data-live]")) {
  const target = document.querySelector(form.dataset.live);
  const status = document.querySelector("[data-count]");
  let timer;
  let asked = 0;
  const ask = async () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
    const turn = ++asked;
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector(form.dataset.live);
      if (turn !== asked) return;
      if (answer.redirected) { location.assign(address); return; }
      // Half a number is no number yet; the button tells what is wrong.
      if (!answer.ok || !found) return;
      target.replaceChildren(...found.childNodes);
      if (status) status.textContent = page.querySelector("[data-count]")?.textContent ?? "";
      history.replaceState(null, "", address);
    } catch {
      // Whoever presses the button sees what is wrong.
    } finally {
      if (turn === asked) target.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(ask, event.target.tagName === "SELECT" ? 0 : 300);
  });
}

// A form is sent once, and says so.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

// From an error to its line.
for (const link of document.querySelectorAll("a[data-line]")) {
  link.addEventListener("click", (event) => {
    const text = document.querySelector("textarea.source");
    if (!text) return;
    event.preventDefault();
    const lines = text.value.split("\n");
    const line = Math.min(Number(link.dataset.line), lines.length);
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + lines[line - 1].length);
    text.scrollTop = (line - 4) * (text.scrollHeight / lines.length);
  });
}

// "/" leads to the search.
addEventListener("keydown", (event) => {
  const first = document.querySelector("[data-first]");
  if (event.key !== "/" || !first || event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  first.focus();
});

// Points on a slide, and the cash that is left beside them.
for (const form of document.querySelectorAll("form[data-mix]")) {
  const points = form.querySelector("input[name=points]");
  const slide = form.querySelector("[data-slide]");
  const range = slide.querySelector("input");
  const cash = form.querySelector("[data-cash]");
  const show = () => {
    const worth = Math.floor(Number(points.value) * Number(form.dataset.value) * 100 + 1e-6) / 100;
    cash.textContent = `¥${Math.max(0, Number(form.dataset.amount) - worth).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ",")}`;
  };
  slide.hidden = false;
  range.addEventListener("input", () => { points.value = range.value; show(); });
  points.addEventListener("input", () => { range.value = points.value; show(); });
}
