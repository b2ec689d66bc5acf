import { Drawing } from './Drawing.tsx'

/** A shop bell on its spring, still. */
export function Bell() {
  return (
    <Drawing>
      <path d="M24 16h58" />
      <path d="M82 16c14 0 14 14 2 14s-12 12 0 12" />
      <path d="M58 74c0-20 8-30 26-30s26 10 26 30l6 8H52z" />
      <path d="M76 82c0 6 3 9 8 9s8-3 8-9" fill="var(--spot)" stroke="none" />
      <path d="M66 68c0-8 3-13 8-15" opacity="0.6" />
      <path d="M34 60l8 3M32 76h9M134 60l-8 3M136 76h-9" opacity="0.4" strokeDasharray="1 4" />
    </Drawing>
  )
}
