// The search of the frame: Ctrl or ⌘ with K leads there, and what is picked opens.
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

document.addEventListener("DOMContentLoaded", () => {
  if (isMac) document.querySelectorAll(".search-box kbd").forEach((key) => (key.textContent = "⌘K"));
});

document.addEventListener("keydown", (event) => {
  const asked = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (!asked || event.altKey || event.shiftKey || document.querySelector("dialog[open]")) return;
  const box = document.getElementById("search");
  if (!box) return;
  event.preventDefault();
  if (!box.checkVisibility()) return location.assign(box.form.action);
  box.focus();
  box.select();
});

document.addEventListener("pick", ({ target, detail }) => {
  if (target.closest(".search-box") && detail.url) location.assign(detail.url);
});
