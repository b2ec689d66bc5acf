import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import { type ButtonLook, buttonClass } from './Button.tsx'

interface AnchorProps extends ButtonLook, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'children'> {
  ref?: Ref<HTMLAnchorElement>
}

/** A link that looks like a button. */
export function Anchor({ label, icon: Icon, tone, size, wide, ...anchor }: AnchorProps) {
  return (
    <a {...anchor} className={buttonClass({ tone, size, wide })}>
      {Icon && <Icon aria-hidden size={18} />}
      {label}
    </a>
  )
}

/** A link to a route that looks like a button. */
export const ButtonLink = createLink(Anchor)
