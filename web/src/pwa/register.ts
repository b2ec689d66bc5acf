import { t } from '../messages.ts'
import { toast } from '../ui/toast.ts'

/** After the first screen is there; a new version waits until the member asks for it. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').then(
      (registration) => registration && watch(registration),
      () => undefined,
    )
  })
}

function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const next = registration.installing
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && navigator.serviceWorker.controller) offer(next)
    })
  })
}

function offer(worker: ServiceWorker): void {
  toast(t('state.updated'), {
    label: t('action.reload'),
    onPress: () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      worker.postMessage({ type: 'activate' })
    },
  })
}
