import { t } from '../kit/messages.ts'
import { toast } from '../ui/toast.ts'

const TRIES = 4
/** Milliseconds. */
const TRY_AGAIN = 4000

/** After the first screen is there; a new version waits until the member asks for it. */
export function registerServiceWorker(open: (path: string) => void = () => {}): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // Somebody pressed a notice, and this tab was open: it goes there by itself, and keeps what it has.
  navigator.serviceWorker.addEventListener(
    'message',
    ({ data }: MessageEvent<{ type?: string; path?: string }>) => {
      if (data?.type === 'open' && data.path?.startsWith('/') && !data.path.startsWith('//')) open(data.path)
    },
  )
  // Behind a drawn page the app may begin later than that.
  if (document.readyState === 'complete') void register(TRIES)
  else window.addEventListener('load', () => void register(TRIES))
}

/** One file of the shell that does not come is enough for a worker to be given up; the next visit may be the one without a network. */
async function register(tries: number): Promise<void> {
  const tryAgain = () => tries > 1 && setTimeout(() => void register(tries - 1), TRY_AGAIN)
  try {
    const registration = await navigator.serviceWorker.register('/sw.js')
    watch(registration)
    const first = registration.active ? null : registration.installing
    first?.addEventListener('statechange', () => first.state === 'redundant' && tryAgain())
  } catch {
    tryAgain()
  }
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
