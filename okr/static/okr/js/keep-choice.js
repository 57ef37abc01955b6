// A new suggestion does not come between a choice and whoever is making it, or has made it since.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target, requestConfig } = detail;
  if (!target.matches("[data-keeps-choice]")) return;
  const chosen = target.querySelector(":checked");
  const asked = requestConfig.parameters[chosen?.name] ?? "";
  if (target.contains(document.activeElement) || (chosen?.value ?? "") !== asked) detail.shouldSwap = false;
});
