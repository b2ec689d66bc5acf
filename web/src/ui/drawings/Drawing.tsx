import type { ReactNode } from 'react'

/**
 * The pen all drawings share: 1.5 px line, round ends, on a 148 × 112 sheet. A drawing spends the accent once,
 * by `var(--spot)`.
 */
export function Drawing({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 148 112"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}
