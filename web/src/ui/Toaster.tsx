import { useSyncExternalStore } from 'react'
import styles from './Toaster.module.css'
import { dismissToast, toastStore } from './toast.ts'

/** The live region that toasts appear in; mounted once, always there, so that screen readers watch it. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.current, toastStore.current)
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {toasts.map(({ id, text, action }) => (
        <div key={id} className={styles.toast}>
          <span>{text}</span>
          {action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                dismissToast(id)
                action.onPress()
              }}
            >
              {action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
