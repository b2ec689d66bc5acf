/** Height over width of a thing as it is shown: of the sticker in its handle, which may be larger, to be hit. */
export function shownRatio(handle: HTMLElement | null | undefined): number {
  const shown = handle?.firstElementChild instanceof HTMLElement ? handle.firstElementChild : handle
  return shown?.offsetWidth ? shown.offsetHeight / shown.offsetWidth : 1
}

export const handleOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-thing="${CSS.escape(id)}"]`)
