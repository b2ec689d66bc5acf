import { useCell } from '../kit/cell.ts'
import styles from './Toaster.module.css'
import { dismissToast, toasts } from './toast.ts'

/** The live region that toasts appear in; mounted once, always there, so that screen readers watch it. */
export function Toaster() {
  const shown = useCell(toasts)
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {shown.map(({ id, text, action }) => (
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
