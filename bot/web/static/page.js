// What the page does beyond forms and links: copying, keys, the ground, and what is said to a screen reader.
(() => {
  "use strict";
  const root = document.documentElement;
  const status = document.getElementById("_status");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const touch = matchMedia("(pointer: coarse)");

  function say(text) {
    status.textContent = "";
    // A region that is emptied and filled in one go is not read out.
    setTimeout(() => { status.textContent = text; }, 50);
  }

  function select(button) {
    const place = button.closest(".quote, .line") ?? button.parentElement;
    const range = document.createRange();
    range.selectNodeContents(place.querySelector("blockquote p, .words") ?? place);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  async function copy(button) {
    const name = button.dataset.name ??= button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Đã chép";
      say("Đã chép trích dẫn.");
      setTimeout(() => { button.textContent = name; }, 2000);
    } catch {
      select(button);
      say("Trình duyệt không cho chép tự động; lời văn đã được chọn, nhấn Ctrl + C để chép.");
      button.textContent = "Đã chọn, nhấn Ctrl + C";
      setTimeout(() => { button.textContent = name; }, 4000);
    }
  }

  function switchTheme() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("danvan-theme", root.dataset.theme); } catch { /* not kept, then */ }
    say(dark ? "Nền sáng." : "Nền tối.");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy], [data-theme-switch]");
    if (!button) return;
    if (button.hasAttribute("data-copy")) copy(button);
    else switchTheme();
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("textarea[data-question]");
    if (box && event.key === "Enter" && !event.isComposing && !event.shiftKey
        && (event.ctrlKey || event.metaKey || !touch.matches)) {
      event.preventDefault();
      if (box.value.trim()) box.form.requestSubmit();
      return;
    }
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const question = document.querySelector("[data-question]");
      if (question) { event.preventDefault(); question.focus(); }
    }
  });

  // One question at a time, whichever form it comes from; scope and place of a refused one pass with the next.
  document.addEventListener("htmx:before:request", (event) => {
    if (!event.target.matches?.("[data-ask]")) return;
    if (root.classList.contains("asking")) { event.preventDefault(); return; }
    root.classList.add("asking");
    say("Đang đọc các văn bản.");
  });

  document.addEventListener("htmx:finally:request", (event) => {
    if (event.target.matches?.("[data-ask]")) root.classList.remove("asking");
  });

  document.addEventListener("htmx:after:swap", (event) => {
    if (!event.target.matches?.("[data-ask]")) return;
    const turns = document.getElementById("_turns");
    const turn = turns.lastElementChild;
    for (const former of turns.querySelectorAll(":scope > .passing")) if (former !== turn) former.remove();
    if (turn.dataset.address) {
      history.replaceState(null, "", turn.dataset.address);
      const box = document.querySelector(".ask [data-question]");
      box.value = "";
      if (touch.matches) box.blur();
    }
    turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    say([...turn.querySelectorAll(".status, [data-spoken]")].map((one) => one.textContent.trim()).join(". "));
  });

  function caution(text) {
    const turns = document.getElementById("_turns");
    if (!turns) return;
    for (const former of turns.querySelectorAll(":scope > .passing")) former.remove();
    turns.append(Object.assign(document.createElement("p"), { className: "caution passing", textContent: text }));
    say(text);
  }

  document.addEventListener("htmx:error", (event) => {
    if (event.detail?.ctx) caution("Không kết nối được với dịch vụ. Đề nghị kiểm tra mạng rồi hỏi lại.");
  });

  // What turns a request away before it reaches a page (too large, too many at once) answers as to a program.
  document.addEventListener("htmx:before:swap", (event) => {
    const { response, text } = event.detail.ctx;
    if ((response.headers.get("content-type") ?? "").startsWith("text/html")) return;
    event.preventDefault();
    let detail = "Dịch vụ tạm thời chưa trả lời được. Đề nghị thử lại sau ít phút.";
    try { detail = JSON.parse(text).detail ?? detail; } catch { /* not even that */ }
    caution(detail);
  });

  if (matchMedia("(min-width: 60rem)").matches) {
    for (const one of document.querySelectorAll("[data-open-when-wide]")) one.open = true;
  }
})();
