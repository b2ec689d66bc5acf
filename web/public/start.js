// The page stands there already, drawn by the server: the app begins once it is painted, its first picture included.
// What is typed and pressed until then is kept for it.
{
  const { app } = document.currentScript.dataset
  const typed = new Map()
  let pressed

  const keepTyped = ({ target }) => typed.set(target, target.value)
  // Links lead on by themselves; a form would leave the page, with what is in it.
  const keepPressed = (event) => {
    const button = event.type === 'submit' ? event.submitter : event.target.closest('button')
    if (!button) return
    event.preventDefault()
    event.stopImmediatePropagation()
    pressed = button
  }
  const kept = [
    ['input', keepTyped],
    ['click', keepPressed],
    ['submit', keepPressed],
  ]
  for (const [name, keep] of kept) document.addEventListener(name, keep, true)
  document.addEventListener(
    'tintype:ready',
    () => {
      for (const [name, keep] of kept) document.removeEventListener(name, keep, true)
      for (const [field, text] of typed) retype(field, text)
      // After what was typed has been taken up.
      setTimeout(() => pressed?.click())
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

  const picture = document.querySelector('#root img[fetchpriority=high]')
  // A picture that takes long keeps nobody waiting.
  const patience = new Promise((resolve) => setTimeout(resolve, 1000))
  const decoded = picture?.decode().catch(() => undefined)
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  Promise.race([decoded, patience])
    .then(() => Promise.race([painted(), patience]))
    .then(() => import(app))
}
