// Runs before the page is drawn, so that a page never flashes in the other theme.
// The choice is made in web/src/shared/theme.ts; without one the system decides.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system decides.
}
