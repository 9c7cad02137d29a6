// Before the first paint: what only works with scripts is shown, and the chosen ground is kept.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const kept = localStorage.getItem("danvan-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch { /* storage may be forbidden */ }
})();
