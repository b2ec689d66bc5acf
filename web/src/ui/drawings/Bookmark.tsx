import { Drawing } from './Drawing.tsx'

/** An album with a ribbon between its pages. */
export function Bookmark() {
  return (
    <Drawing>
      <path d="M74 28C62 20 44 18 20 20v68c24-2 42 0 54 8 12-8 30-10 54-8V20c-24-2-42 0-54 8z" />
      <path d="M74 28v68" />
      <path d="M32 34l28 3v22l-28-3z" />
      <path d="M88 37l14-2v24l-14 2zM108 34l10-1v24l-10 1z" />
      <path d="M34 68l24 3M34 75l16 2" opacity="0.5" />
      <path d="M96 19v62l7-6 7 6V18" fill="var(--spot)" stroke="none" />
    </Drawing>
  )
}
