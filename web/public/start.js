// The page is drawn by the server: the app begins once that is painted, its first picture included. What is typed and pressed
// until then is kept for it, from before anything can be seen.
{
  const { app } = document.currentScript.dataset
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
        pressed?.click()
        for (const key of keys) press(key)
      })
    },
    { once: true },
  )

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

  const begin = async () => {
    const picture = document.querySelector('#root img[fetchpriority=high]')
    // A picture that takes long keeps nobody waiting.
    const patience = new Promise((resolve) => setTimeout(resolve, 1000))
    await Promise.race([picture?.decode().catch(() => undefined), patience])
    const painted = new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    await Promise.race([painted, patience])
    await import(app)
  }
  document.addEventListener('DOMContentLoaded', begin, { once: true })
}
