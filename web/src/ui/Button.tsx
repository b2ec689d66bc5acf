import type { LucideIcon } from 'lucide-react'
import type { MouseEvent, Ref } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'
import { Spinner } from './Spinner.tsx'

export type ButtonTone = 'primary' | 'ink' | 'plain' | 'quiet' | 'danger' | 'text'

export interface ButtonLook {
  label: string
  icon?: LucideIcon
  /** `primary` once per view at most, `ink` where several stand in a list; `quiet` has no border; `text` is accent text alone. */
  tone?: ButtonTone
  size?: 'small' | 'medium' | 'large'
  wide?: boolean
}

export interface ButtonProps extends ButtonLook {
  /** Said instead of the label by screen readers, where the label alone is ambiguous ("Follow" in a list). */
  describe?: string
  onPress?: (event: MouseEvent<HTMLButtonElement>) => void
  type?: 'button' | 'submit'
  /** Shows a spinner and takes no presses; the label stays for screen readers and for the width. */
  busy?: boolean
  disabled?: boolean
  pressed?: boolean
  ref?: Ref<HTMLButtonElement>
}

export const buttonClass = ({ tone = 'plain', size = 'medium', wide }: Omit<ButtonLook, 'label'>) =>
  classes(styles.button, styles[tone], styles[size], wide && styles.wide)

export function Button(props: ButtonProps) {
  const {
    label,
    describe,
    icon: Icon,
    onPress,
    type = 'button',
    busy = false,
    disabled,
    pressed,
    ref,
  } = props
  return (
    <button
      ref={ref}
      type={type}
      className={classes(buttonClass(props), busy && styles.busy)}
      aria-label={describe}
      aria-pressed={pressed}
      aria-busy={busy || undefined}
      disabled={disabled}
      onClick={busy ? (event) => event.preventDefault() : onPress}
    >
      <span className={styles.label}>
        {Icon && <Icon aria-hidden size={18} strokeWidth={2} />}
        {label}
      </span>
      {busy && (
        <span className={styles.spinner}>
          <Spinner />
        </span>
      )}
    </button>
  )
}
