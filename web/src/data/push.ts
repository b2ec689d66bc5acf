import { api } from './client.ts'
import type { EndReason } from './session-end.ts'
import { shownMember } from './shown-member.ts'
import { readStored, writeStored } from './storage.ts'

/** `unsupported`: this browser has no pushes (on an iPhone, until the app is on the home screen); `denied`: its user refused them. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on'

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const registration = (): Promise<ServiceWorkerRegistration | undefined> =>
  isSupported() ? navigator.serviceWorker.getRegistration() : Promise.resolve(undefined)

/** Which members of this browser have turned pushes on. The subscription is of the one in use. */
const wanting = (): string[] => readStored('tintype.push')?.split(' ') ?? []

function want(member: string | undefined, wanted: boolean): void {
  const others = wanting().filter((one) => one !== member)
  const all = wanted && member ? [...others, member] : others
  writeStored('tintype.push', all.length > 0 ? all.join(' ') : null)
}

export async function pushState(): Promise<PushState> {
  const worker = await registration()
  if (!worker) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  const subscription = await worker.pushManager.getSubscription()
  return subscription && Notification.permission === 'granted' && wanting().includes(shownMember() ?? '')
    ? 'on'
    : 'off'
}

/** Asks the browser's user, then tells the server; answers what came of it. */
export async function turnPushOn(userId: string): Promise<PushState> {
  const worker = await registration()
  if (!worker) return 'unsupported'
  const permission = await Notification.requestPermission()
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off'
  await subscribe(worker)
  want(userId, true)
  return 'on'
}

export async function turnPushOff(): Promise<PushState> {
  want(shownMember(), false)
  const subscription = await (await registration())?.pushManager.getSubscription()
  if (!subscription) return 'off'
  await api.push.unsubscribe({ body: { endpoint: subscription.endpoint } })
  await subscription.unsubscribe()
  return 'off'
}

async function subscribe(worker: ServiceWorkerRegistration): Promise<void> {
  const { key } = await api.push.key()
  const known = await worker.pushManager.getSubscription()
  // One that was made for another key cannot be sent to.
  if (known && !isKey(known.options.applicationServerKey, key)) await known.unsubscribe()
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  })
  const { endpoint, keys } = subscription.toJSON()
  if (!endpoint || !keys?.p256dh || !keys.auth) throw new Error('the browser gave no keys')
  await api.push.subscribe({ body: { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } } })
}

function isKey(used: ArrayBuffer | null, key: string): boolean {
  if (!used) return false
  const text = btoa(String.fromCharCode(...new Uint8Array(used)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === key
}

/** A subscription belongs to a session: once a visit the server is told again, where this member had turned it on here. */
export async function keepPush(): Promise<void> {
  try {
    const worker = await registration()
    if (!worker || Notification.permission !== 'granted') return
    const { user_id } = await api.members.me()
    if (wanting().includes(user_id)) await subscribe(worker)
  } catch {
    // Without a network, or logged out: the next visit does.
  }
}

/** Whoever uses this browser next is told nothing of who did before; a session that ran out is taken up again by the same member. */
export async function forgetPush(reason: EndReason, member: string | undefined): Promise<void> {
  if (reason !== 'expired') want(member, false)
  try {
    const worker = await registration()
    await (await worker?.pushManager.getSubscription())?.unsubscribe()
    await closeNotices()
  } catch {
    // Nothing is left to be told of.
  }
}

/** What was read here need not be shown there. */
export async function closeNotices(): Promise<void> {
  const worker = await registration()
  for (const notice of (await worker?.getNotifications()) ?? []) notice.close()
  if ('clearAppBadge' in navigator) void navigator.clearAppBadge().catch(() => undefined)
}
