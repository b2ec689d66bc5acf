/** Holds the last first page of the home feed and its small pictures; the service worker fills it. */
export const OFFLINE_CACHE = 'tintype-offline'

/** At log-out: nothing of the member stays on the device. */
export async function clearOffline(): Promise<void> {
  if (typeof caches === 'undefined') return
  await caches.delete(OFFLINE_CACHE).catch(() => false)
}
