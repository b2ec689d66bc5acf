import { appLimits } from '@tintype/contract'

/** Any port of this device is as good as another: an app does not know which one it will be given (RFC 8252). */
const loopback = new Set(['127.0.0.1', '[::1]', 'localhost'])
const isOnThisDevice = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && loopback.has(hostname)

/** Whether members may be sent back there: https, this device, or a scheme of the app's own, named by a domain of its maker's. */
export function isRedirectUri(uri: string): boolean {
  if (uri.length > appLimits.redirect || uri.includes('#') || !URL.canParse(uri)) return false
  const url = new URL(uri)
  // What a browser would make of it is what is compared and shown.
  if (url.username !== '' || url.password !== '' || /[\s\\]/.test(uri)) return false
  return (
    url.protocol === 'https:' ||
    isOnThisDevice(url) ||
    /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(url.protocol)
  )
}

/** Compared letter by letter, but for the port on this device. */
export function isRegistered(asked: string, registered: readonly string[]): boolean {
  if (registered.includes(asked)) return true
  if (!isRedirectUri(asked) || !isOnThisDevice(new URL(asked))) return false
  return registered.some((uri) => isOnThisDevice(new URL(uri)) && withoutPort(uri) === withoutPort(asked))
}

const withoutPort = (uri: string): string => uri.replace(/^(http:\/\/(?:\[::1\]|[^/:?]+)):\d+/, '$1')

/** The host that is shown to the member; null: an app on this device. */
export function returnsTo(uri: string): string | null {
  const url = new URL(uri)
  return url.protocol === 'https:' ? url.host : null
}

/** The address with an answer in its query, which may have one already. */
export function withAnswer(uri: string, answer: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
