import type { LucideIcon } from 'lucide-react'
import type { MouseEvent, Ref } from 'react'
import { classes } from './classes.ts'
import styles from './IconButton.module.css'
import { Tooltip } from './Tooltip.tsx'

interface IconButtonProps {
  icon: LucideIcon
  label: string
  onPress: (event: MouseEvent<HTMLButtonElement>) => void
  /** A toggle: announced as pressed, the icon filled. */
  pressed?: boolean
  /** `accent` colours the pressed icon in safelight red; `veil` is for use over a picture. */
  tone?: 'plain' | 'accent' | 'veil'
  size?: 'small' | 'medium'
  disabled?: boolean
  expanded?: boolean
  /** Shows the label on hover and focus. */
  tip?: boolean
  ref?: Ref<HTMLButtonElement>
}

const iconSize = { small: 18, medium: 24 } as const

export function IconButton(props: IconButtonProps) {
  const {
    icon: Icon,
    label,
    onPress,
    pressed,
    tone = 'plain',
    size = 'medium',
    disabled,
    expanded,
    tip,
  } = props
  const button = (
    <button
      ref={props.ref}
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      className={classes(styles.button, styles[tone], styles[size])}
      onClick={onPress}
    >
      <Icon aria-hidden size={iconSize[size]} strokeWidth={1.9} fill={pressed ? 'currentColor' : 'none'} />
    </button>
  )
  return tip ? <Tooltip label={label}>{button}</Tooltip> : button
}
