declare const self: ServiceWorkerGlobalScope

interface Note {
  action: 'show' | 'close'
  tag: string
  title: string
  body: string
  url: string
  badge: number
  quiet?: boolean
}

/** What a push says; whatever cannot be read still shows that there is something, as the browser asks of every push. */
function noteIn(data: PushMessageData | null): Note {
  const unknown: Note = {
    action: 'show',
    tag: 'tintype',
    title: 'Tintype',
    body: '',
    url: '/notifications',
    badge: 1,
  }
  try {
    const note = data?.json() as Partial<Note> | null
    return note?.tag && (note.action === 'close' || note.title) ? { ...unknown, ...note } : unknown
  } catch {
    return unknown
  }
}

export async function receive(data: PushMessageData | null): Promise<void> {
  const { action, tag, title, body, url, badge, quiet = false } = noteIn(data)
  // Not every browser that has pushes has badges.
  if ('setAppBadge' in self.navigator) void self.navigator.setAppBadge(badge).catch(() => undefined)
  if (action === 'close') {
    for (const shown of await self.registration.getNotifications({ tag })) shown.close()
    return
  }
  const options = { body, tag, silent: quiet, renotify: !quiet, icon: '/icons/icon-192.png', data: { url } }
  await self.registration.showNotification(title, options)
}

/** Goes to what it is about: in the tab that is open, else in a new one. Never leaves this place. */
export async function openNotice(notice: Notification): Promise<void> {
  notice.close()
  const { url } = (notice.data ?? {}) as { url?: unknown }
  const target = new URL(typeof url === 'string' ? url : '/notifications', self.location.origin)
  const path =
    target.origin === self.location.origin ? target.pathname + target.search + target.hash : '/notifications'
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find((one) => one.focused) ?? windows[0]
  if (!open) return void (await self.clients.openWindow(path))
  await open.focus()
  open.postMessage({ type: 'open', path })
}
