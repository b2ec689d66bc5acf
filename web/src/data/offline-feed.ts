/** Holds the last first pages of home and explore and their small pictures; the service worker fills it. */
export const OFFLINE_CACHE = 'tintype-offline'

/** At log-out: nothing of the member stays on the device. */
export async function clearOffline(): Promise<void> {
  if (typeof caches === 'undefined') return
  await caches.delete(OFFLINE_CACHE).catch(() => false)
}
