// The page is drawn by the server: the app comes and begins once that is painted, with the pictures that are seen. What is
// typed and pressed until then is kept for it, from before anything can be seen.
{
  const code = document.currentScript.dataset.code.split(' ')
  const PRESSED = 'button, input[type=radio], input[type=checkbox]'
  const typed = new Map()
  const keys = []
  let pressed

  const keepTyped = ({ target }) => {
    if (!target.matches(PRESSED)) typed.set(target, target.value)
  }
  // Links lead on by themselves; a form would leave the page, with what is in it.
  const keepPressed = (event) => {
    const control = event.type === 'submit' ? event.submitter : event.target.closest(PRESSED)
    if (!control) return
    event.preventDefault()
    event.stopImmediatePropagation()
    pressed = control
  }
  // Letters are the app's; what moves the focus or the page goes on by itself.
  const keepKey = ({ key, target, ctrlKey, metaKey, altKey, shiftKey }) => {
    if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return
    if (!target.matches('input:not([type=radio], [type=checkbox]), textarea')) keys.push({ key, shiftKey })
  }
  const kept = [
    ['input', keepTyped],
    ['click', keepPressed],
    ['submit', keepPressed],
    ['keydown', keepKey],
  ]
  for (const [name, keep] of kept) document.addEventListener(name, keep, true)
  document.addEventListener(
    'tintype:ready',
    () => {
      for (const [name, keep] of kept) document.removeEventListener(name, keep, true)
      for (const [field, text] of typed) retype(field, text)
      // After what was typed has been taken up.
      setTimeout(() => {
        there(pressed)?.click()
        for (const key of keys) press(key)
      })
    },
    { once: true },
  )

  const nameOf = (control) => control.ariaLabel ?? control.textContent
  // What the server drew for another width is drawn anew: the control of the same name is meant.
  const there = (control) =>
    !control || control.isConnected
      ? control
      : [...document.querySelectorAll(PRESSED)].find((other) => nameOf(other) === nameOf(control))
  // React remembers what it was last told of a field, and overhears what is the same.
  const retype = (field, text) => {
    if (!field.isConnected) return
    field.value = ''
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const press = (key) =>
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }),
    )

  const isSeen = (picture) => {
    const { top, bottom } = picture.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  }
  const begin = async () => {
    const pictures = [...document.querySelectorAll('#root img')].filter(isSeen)
    // A picture that takes long keeps nobody waiting.
    const patience = new Promise((resolve) => setTimeout(resolve, 1000))
    await Promise.race([Promise.allSettled(pictures.map((picture) => picture.decode())), patience])
    // The line is free now.
    for (const href of code) {
      const link = Object.assign(document.createElement('link'), { rel: 'modulepreload', href })
      document.head.append(link)
    }
    const painted = new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    await Promise.race([painted, patience])
    // One after the other, the app last: between two of them the browser has time for its reader.
    for (const href of code) {
      await import(href)
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  document.addEventListener('DOMContentLoaded', begin, { once: true })
}
