// Before the first paint: the theme this member chose, where it is not the system's.
try {
  const theme = localStorage.getItem('tintype.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be closed to us; the system's theme it is.
}
