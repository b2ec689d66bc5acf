import { Drawing } from './Drawing.tsx'

/** A darkroom lamp whose plug hangs loose. */
export function Safelight() {
  return (
    <Drawing>
      <path d="M60 14h28M74 14v14" />
      <path d="M56 46c0-12 6-18 18-18s18 6 18 18z" />
      <path d="M52 46h44" />
      <path d="M62 46c0 8 5 12 12 12s12-4 12-12" fill="var(--spot)" stroke="none" opacity="0.9" />
      <path d="M88 14c22 0 32 10 28 30-3 16-20 14-22 26" />
      <path d="M88 70h12v8c0 4-3 6-6 6s-6-2-6-6zM91 70v-6M97 70v-6" />
      <path d="M34 84h22v14H34zM41 88v3M49 88v3" />
    </Drawing>
  )
}
